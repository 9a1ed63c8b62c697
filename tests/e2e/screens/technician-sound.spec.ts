import { expect } from '@playwright/test'
import { test, type Screen } from './harness.ts'
import { causesOf, openTask, reportOf } from './technician-cameras.ts'
import { looks } from './technician-desk.ts'

const sound = /Âm thanh/u
const left = 'Có nghe tiếng bíp ở loa trái không?'
const right = 'Có nghe tiếng bíp ở loa phải không?'
const speak = 'Đếm to từ một đến năm'

test.describe('the technician’s test of sound', () => {
  for (const [name, options] of Object.entries(looks)) {
    test(`asks in large words for each side, then listens: ${name}`, async ({ openScreen }) => {
      const screen = await openTask(openScreen, sound, putSound, { options })
      const { page } = screen
      await expect(page.getByText('Nghe tiếng bíp ở loa trái, loa phải')).toBeVisible()
      await begin(screen)
      await expect(page.getByText('Giữ im lặng')).toBeVisible()
      await expect(page.getByText(left)).toBeVisible()
      await screen.picture(`technician-sound-left-${name}`)
      await screen.expectSound()
      await page.keyboard.press('Enter')
      await expect(page.getByText(right)).toBeVisible()
      await page.keyboard.press('K')
      await expect(page.getByText(speak)).toBeVisible()
      await screen.picture(`technician-sound-speak-${name}`)
      await set(screen, { loud: '0.3' })
      await page.keyboard.press('Enter')
      const report = await reportOf(screen)
      expect(causesOf(report)).toEqual(['sound-one-side'])
      expect(report.figures).toMatchObject({ heardLeft: 1, heardRight: 0 })
      await expect(page.getByRole('region', { name: 'Kết quả' })).toContainText('Chỉ nghe được một bên loa')
      await screen.picture(`technician-sound-report-${name}`)
      await screen.expectSound()
    })
  }

  for (const [what, noise, loud, causes] of [
    ['that hears a voice', '0.002', '0.3', []],
    ['that is switched off', '0', '0', ['microphone-silent']],
    ['that is far away', '0.001', '0.004', ['microphone-quiet']],
    ['that is overdriven', '0.002', '4', ['microphone-clips']],
    ['beside a fan', '0.06', '0.3', ['microphone-noisy']],
  ] as const) {
    test(`finds of a microphone ${what} [${causes.join()}]`, async ({ openScreen }) => {
      const screen = await openTask(openScreen, sound, putSound)
      await begin(screen, { noise })
      await answerBoth(screen)
      await expect(screen.page.getByText(speak)).toBeVisible()
      await set(screen, { loud })
      await screen.page.keyboard.press('Enter')
      expect(causesOf(await reportOf(screen))).toEqual(causes)
    })
  }

  for (const [trouble, cause] of [
    ['NotFoundError', 'no-microphone'],
    ['NotAllowedError', 'microphone-refused'],
    ['NotReadableError', 'taken-by-another-program'],
  ] as const) {
    test(`of a microphone that answers ${trouble} finds ${cause}, and still plays on both sides`, async ({
      openScreen,
    }) => {
      const screen = await openTask(openScreen, sound, putSound)
      await begin(screen, { trouble })
      await answerBoth(screen)
      const report = await reportOf(screen)
      expect(causesOf(report)).toEqual([cause])
      expect(report.figures).not.toHaveProperty('speechDb')
    })
  }

  test('notices a microphone that is unplugged while somebody speaks', async ({ openScreen }) => {
    const screen = await openTask(openScreen, sound, putSound)
    await begin(screen)
    await answerBoth(screen)
    await expect(screen.page.getByText(speak)).toBeVisible()
    await screen.page.evaluate(() => dispatchEvent(new Event('pull')))
    await screen.page.keyboard.press('Enter')
    expect(causesOf(await reportOf(screen))).toEqual(['comes-and-goes'])
  })

  test('of a computer without any output asks nobody what was heard', async ({ openScreen }) => {
    const screen = await openTask(openScreen, sound, putSound)
    await begin(screen, { outputs: 'none' })
    await expect(screen.page.getByText(speak)).toBeVisible()
    await set(screen, { loud: '0.3' })
    await screen.page.keyboard.press('Enter')
    expect(causesOf(await reportOf(screen))).toEqual(['no-sound-output'])
  })

  test('hears the tone of a loudspeaker by the microphone, far above the noise', async ({ openScreen }) => {
    const screen = await openTask(openScreen, sound, putSound)
    await begin(screen)
    await expect(screen.page.getByText(left)).toBeVisible()
    // The air between them: what would reach the microphone.
    await set(screen, { tone: '880' })
    await screen.page.evaluate(soundPasses)
    await screen.page.keyboard.press('Enter')
    await expect(screen.page.getByText(right)).toBeVisible()
    await screen.page.keyboard.press('K')
    await expect(screen.page.getByText(speak)).toBeVisible()
    await set(screen, { tone: '', loud: '0.3' })
    await screen.page.keyboard.press('Enter')
    expect((await reportOf(screen)).figures['toneDb']).toBeGreaterThan(20)
  })

  test('ends with its page, and keeps nothing', async ({ openScreen }) => {
    const screen = await openTask(openScreen, sound, putSound)
    await begin(screen)
    await expect(screen.page.getByText(left)).toBeVisible()
    await screen.page.keyboard.press('1')
    await expect(screen.page.locator('html')).toHaveAttribute('data-closed', 'yes')
    expect(screen.calls('keepCheck')).toEqual([])
  })
})

async function answerBoth({ page }: Screen): Promise<void> {
  for (const words of [left, right]) {
    await expect(page.getByText(words)).toBeVisible({ timeout: 30_000 })
    await page.keyboard.press('Enter')
  }
}

async function begin(screen: Screen, more: Record<string, string> = {}): Promise<void> {
  await set(screen, { noise: '0.002', ...more })
  await screen.page.keyboard.press('Enter')
}

const set = (screen: Screen, wishes: Record<string, string>) =>
  screen.page.evaluate((all) => Object.assign(document.documentElement.dataset, all), wishes)

/** In the page: until half a second of sound was played. */
const soundPasses = () =>
  new Promise<void>((resolve) => {
    const context = new AudioContext()
    const source = context.createConstantSource()
    source.onended = () => resolve()
    source.start()
    source.stop(context.currentTime + 0.5)
  })

/**
 * In the page: a microphone with a `data-noise` and a voice as loud as `data-loud` (amplitudes), a `data-tone` in the
 * air (Hz), `data-trouble` (the name of an error), `data-outputs` = none.
 */
function putSound(): void {
  // The document of this moment is not the one that the page will have.
  const said = () => document.documentElement.dataset
  const enumerate = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices)
  navigator.mediaDevices.enumerateDevices = async () =>
    (await enumerate()).filter(({ kind }) => kind !== 'audiooutput' || said()['outputs'] !== 'none')
  navigator.mediaDevices.getUserMedia = async () => {
    const dataset = said()
    if (dataset['trouble']) throw new DOMException('refused', dataset['trouble'])
    const context = new AudioContext()
    const out = context.createMediaStreamDestination()
    const buffer = context.createBuffer(1, context.sampleRate, context.sampleRate)
    const samples = buffer.getChannelData(0)
    for (let at = 0, state = 7; at < samples.length; at++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      samples[at] = state / 2 ** 31 - 1
    }
    const noise = context.createBufferSource()
    noise.buffer = buffer
    noise.loop = true
    const [noiseGain, voiceGain, toneGain] = [context.createGain(), context.createGain(), context.createGain()]
    const [voice, tone] = [context.createOscillator(), context.createOscillator()]
    voice.frequency.value = 190
    noise.connect(noiseGain).connect(out)
    voice.connect(voiceGain).connect(out)
    tone.connect(toneGain).connect(out)
    const follow = () => {
      noiseGain.gain.value = Number(dataset['noise'] ?? 0)
      voiceGain.gain.value = Number(dataset['loud'] ?? 0)
      toneGain.gain.value = dataset['tone'] ? 0.1 : 0
      if (dataset['tone']) tone.frequency.value = Number(dataset['tone'])
    }
    follow()
    new MutationObserver(follow).observe(document.documentElement, { attributes: true })
    noise.start()
    voice.start()
    tone.start()
    const [track] = out.stream.getAudioTracks()
    addEventListener('pull', () => track?.stop())
    const stop = track?.stop.bind(track)
    if (track && stop)
      track.stop = () => {
        stop()
        dataset['closed'] = 'yes'
      }
    await context.resume()
    return out.stream
  }
}
