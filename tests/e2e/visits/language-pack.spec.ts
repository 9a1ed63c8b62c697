import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { citizenAt, officerAt } from '#build/visit/people.ts'
import { openProgram } from '#build/visit/windows.ts'
import words from '#resources/languages/vi/officer.json' with { type: 'json' }
import { expect, station, test } from '../fixture.ts'
import { lastAnswer, sealAndOpen } from './opened.ts'
import { ask, openStation, prepareDossier } from './prepared.ts'

test.use({ voice: true })

/** Two of the sentences; the rest of the pack stays empty. */
const recorded = ['check.question.fullName', 'check.question.sex'] as const

async function openStudio(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.menu.open }).click()
  await page.getByRole('menuitem', { name: words.menu.studio }).click()
  await page.getByRole('heading', { name: words.studio.title }).waitFor()
}

test('a pack recorded in the studio travels on a stick to another station, where a citizen hears it', async ({
  desk,
}) => {
  test.setTimeout(240_000)
  await openStation(desk)
  const studio = desk.program.officer
  const usb = join(desk.folder, 'stick')
  mkdirSync(usb)

  await test.step('an officer records two sentences with the microphone', async () => {
    await openStudio(studio)
    await studio.getByRole('button', { name: /^Tiếng Mông/u }).click()
    for (const [count, key] of recorded.entries()) {
      await studio.locator(`#sentence-${key.replaceAll('.', '_')}`).click()
      await studio.keyboard.press('r')
      await expect(studio.getByTestId('seconds')).toHaveText(/^[1-9],/u)
      await studio.keyboard.press('r')
      await expect(studio.getByText(/^Đã lưu \d+,\d giây\./u)).toBeVisible()
      await expect(studio.locator('.studio-progress')).toContainText(`Đã thu ${count + 1}/`)
    }
  })

  await test.step('the pack is written to a stick', async () => {
    await studio.getByRole('radio', { name: words.studio.view.about }).click()
    await studio.getByLabel(words.studio.export.folder).fill(usb)
    await studio.getByRole('button', { name: words.studio.export.do, exact: true }).click()
    await expect(studio.getByText(/^Đã chép và đọc lại 2 bản thu vào/u)).toBeVisible()
    expect(readdirSync(usb)).toHaveLength(1)
  })
  await desk.program.stop()

  const second = await openProgram({
    dataFolder: join(desk.folder, 'second'),
    env: { TMPDIR: desk.folder, QCC_STANDIN_DISPLAYS: '1366x768,1280x800' },
  })
  try {
    const officer = officerAt(second.officer)
    const citizen = citizenAt(second.citizen)
    await officer.setUpStation({
      ...station,
      code: 'LC-0007',
      name: 'Công an xã Ví Dụ',
      certificate: desk.receiver.certificate,
    })

    await test.step('the other station looks at it, sees whose it is and takes it over', async () => {
      await openStudio(second.officer)
      await second.officer.getByRole('radio', { name: words.studio.view.import }).click()
      await second.officer.getByLabel(words.studio.import.folder).fill(usb)
      await second.officer.getByRole('button', { name: words.studio.import.look, exact: true }).click()
      await expect(second.officer.locator('.pack')).toContainText(`${station.name} · ${station.code}`)
      await expect(second.officer.locator('.pack')).toContainText('chưa duyệt')
      await expect(second.officer.locator('.pack-fingerprint dd')).toHaveText(/^(?:[0-9a-fA-F]{4}\s?){16}$/u)
      await second.officer.getByRole('button', { name: words.studio.import['do-unknown'] }).click()
      await expect(second.officer.getByText(/^Đã nhập .*: 2 bản thu\.$/u)).toBeVisible()
      await second.officer.getByRole('button', { name: words.close, exact: true }).click()
    })

    await test.step('the citizen chooses the language and hears the recording', async () => {
      await prepareDossier(second.officer)
      await citizen.sees('check')
      await rememberSounds(citizen.page)
      await citizen.page.getByRole('button', { name: /^Tiếng Mông/u }).click()
      await expect.poll(() => soundsHeard(citizen.page)).toContain(`/audio/mww/${recorded[0]}`)
      await citizen.findsAllRight()
      await citizen.confirmsPage()
      await citizen.signs()
      await citizen.finishesSigning()
      await expect(second.officer.getByRole('img', { name: words.check['signature-picture'] })).toBeVisible()
      expect(await soundsHeard(citizen.page)).not.toContain('/audio/mww/check.question.birthDate')
    })

    await test.step('the file says in which language each detail was asked and what was heard', async () => {
      const { dossier, shown } = await sealAndOpen(desk, officer)
      expect(dossier).toMatchObject({ viewing: { language: 'mww' } })
      const heard = (field: string) => {
        const { language, heard: how } = lastAnswer(shown, field).showing ?? {}
        return [language, how]
      }
      expect(heard('fullName')).toEqual(['mww', 'recording'])
      expect(heard('sex')).toEqual(['mww', 'recording'])
      expect(heard('birthDate')[0]).toBe('mww')
      expect(heard('birthDate')[1]).not.toBe('recording')
    })

    await test.step('what was missing is counted, for whoever records next', async () => {
      const sentences = await ask(second.officer, 'studioSentences', { language: 'mww' })
      const missed = Object.fromEntries(sentences.map((each) => [each.key, each.missed]))
      expect(missed['check.question.birthDate']).toBeGreaterThan(0)
      expect(missed[recorded[0]]).toBe(0)
    })
    expect(second.consoleErrors).toEqual([])
  } finally {
    await second.stop()
  }
})

type WithSounds = Window & { heard?: string[] }

/** From now on the page remembers every sound that was played to its end. */
async function rememberSounds(page: Page): Promise<void> {
  await page.evaluate(() => {
    const heard = ((window as WithSounds).heard = [] as string[])
    const play = HTMLMediaElement.prototype.play
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      const remember = () => {
        if (this.currentTime > 0.5) heard.push(new URL(this.currentSrc).pathname)
      }
      this.addEventListener('ended', remember, { once: true })
      return play.call(this)
    }
  })
}

function soundsHeard(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => (window as WithSounds).heard ?? [])
}
