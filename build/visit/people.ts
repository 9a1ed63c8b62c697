import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import type { CaptureStep } from '#domain/biometrics/index.ts'
import citizenWords from '#resources/languages/vi/citizen.json' with { type: 'json' }
import words from '#resources/languages/vi/officer.json' with { type: 'json' }

/** Long enough for a slow machine, short enough to be an answer. Milliseconds. */
const patience = 60_000

/**
 * An officer who works with the keyboard alone. `own` is told of the officer's own time: typing, and the moments in which
 * a new screen sleeps so that a doubled key does nothing, which are too short for anybody to have read it.
 */
export function officerAt(page: Page, own: (wait: () => Promise<void>) => Promise<void> = (wait) => wait()) {
  page.setDefaultTimeout(patience)
  const keyboard = page.keyboard
  const heading = (text: string) => page.getByRole('heading', { level: 1, name: text, exact: true })
  /** The act whose button shows this key: first there, then awake. */
  const act = (key: string) => ({
    async waitFor() {
      await page.locator(`button[data-key="${key}"]:is(:not([disabled]), [data-settling])`).first().waitFor()
      await own(() => page.locator(`button[data-key="${key}"]:not([disabled]):not([data-settling])`).first().waitFor())
    },
  })
  return {
    page,
    sees: (title: string) => heading(title).waitFor(),
    async press(key: string) {
      await act(key).waitFor()
      await keyboard.press(key.replace('Ctrl', 'Control'))
    },
    type: (text: string) => own(() => keyboard.type(text)),
    key: (name: string) => keyboard.press(name),
    async setUpStation(station: { code: string; name: string; passphrase: string; certificate: string }) {
      await heading(words.station.new.title).waitFor()
      for (const text of [station.code, station.name, station.passphrase, station.passphrase]) {
        await own(() => keyboard.type(text))
        await keyboard.press('Tab')
      }
      // The file dialogue belongs to the system; the file is handed over where the dialogue would.
      await page.locator('input[type=file]').setInputFiles(station.certificate)
      await page.locator('h1').first().focus()
      await act('Enter').waitFor()
      await keyboard.press('Enter')
      await heading(words.home.title).waitFor()
    },
    async unlock(passphrase: string) {
      await heading(words.station.locked.title).waitFor()
      await own(() => keyboard.type(passphrase))
      await act('Enter').waitFor()
      await keyboard.press('Enter')
    },
    /**
     * Until a capture that was started is good. A scanner that does not answer in time, on a machine with other work, is
     * asked once more, as the screen says.
     */
    async seesFingers(step: CaptureStep) {
      const good = page.locator(`.step-key[data-step="${step}"][data-standing="good"]`)
      const silent = page.locator('.notice', { hasText: 'DEVICE_SILENT' })
      await good.or(silent).first().waitFor()
      if (await good.count()) return
      await this.press('Enter')
      await good.waitFor()
    },
    /** From a step that is complete to the sealed file; its number. */
    async seals(): Promise<string> {
      await this.press('Enter')
      await heading(words.review.title).waitFor()
      await this.press('Ctrl+Enter')
      await heading(words.sealed.title).waitFor()
      const file = (await page.locator('.sealed-file dd').first().textContent()) ?? ''
      return file.replace(/^.*\//u, '').replace(/\.p7m$/u, '')
    },
    /** A USB stick, as far as the officer knows. */
    async exportsTo(folder: string) {
      await page.getByLabel(words.export.folder).focus()
      await own(() => keyboard.type(folder))
      await this.press('Ctrl+E')
      await page.getByText(words.sealed['exported-yes']).waitFor()
    },
    async endsVisit() {
      await page.locator('h1').first().focus()
      await this.press('Enter')
      await heading(words.home.title).waitFor()
    },
  }
}

export type Officer = ReturnType<typeof officerAt>

/** A citizen who presses what is on the screen and signs with a pen. */
export function citizenAt(page: Page) {
  page.setDefaultTimeout(patience)
  const scene = (name: string) => page.locator(`.citizen[data-scene="${name}"]`)
  /** To the end of what has no room on the screen at once: before, nothing can be answered. */
  const readsOn = async () => {
    const down = page.locator('.turn-unseen:not([data-asleep])')
    while (await down.count()) await down.click()
  }
  const padBox = async () => {
    const pad = page.getByLabel(citizenWords.sign.pad).first()
    await pad.waitFor()
    const box = await pad.boundingBox()
    if (!box) throw new Error('there is no pad to sign on')
    return box
  }
  return {
    page,
    sees: (name: string) => scene(name).waitFor(),
    /** The detail now asked about: its field and the value in large type. */
    async reads(): Promise<{ field: string; value: string }> {
      const value = page.locator('.check-value')
      await value.waitFor()
      return {
        field: (await value.getAttribute('data-field')) ?? '',
        value: ((await value.textContent()) ?? '').trim(),
      }
    },
    async answers(word: keyof Pick<typeof citizenWords.check, 'right' | 'wrong' | 'unsure'>) {
      await readsOn()
      await page.getByRole('button', { name: citizenWords.check[word] }).click()
    },
    /** The next question, another scene, or the same question with another value. */
    async afterAnswer(before: { field: string; value: string }) {
      await page.waitForFunction(({ field, value }) => {
        const shown = document.querySelector('.check-value')
        return !shown || shown.getAttribute('data-field') !== field || shown.textContent?.trim() !== value
      }, before)
    },
    /** Every question that comes is right, until none is left: what was asked, in order. */
    async findsAllRight(): Promise<readonly { readonly field: string; readonly value: string }[]> {
      const asked: { field: string; value: string }[] = []
      while (await page.locator('.check-value').count()) {
        const now = await this.reads()
        await this.answers('right')
        await this.afterAnswer(now)
        asked.push(now)
      }
      return asked
    },
    /** Everything on the one page is right, once all of it was on the screen. */
    async confirmsPage() {
      await scene('page').waitFor()
      await readsOn()
      await page.getByRole('button', { name: citizenWords.page.allRight }).click()
    },
    /** A stroke that does not end: the pen stays down. */
    async beginsToSign() {
      const box = await padBox()
      await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.5)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.4, { steps: 12 })
    },
    /** Something is written on the pad. */
    hasInk: async () => (await page.locator('.pad').getAttribute('data-empty')) === 'false',
    /** Two strokes of a pen across the pad. */
    async signs() {
      const box = await padBox()
      for (const [from, to, wave] of [
        [0.2, 0.55, 5],
        [0.5, 0.8, 3],
      ] as const) {
        const at = (part: number) => ({
          x: box.x + box.width * (from + (to - from) * part),
          y: box.y + box.height * (0.5 + 0.22 * Math.sin(part * wave * Math.PI)),
        })
        const start = at(0)
        await page.mouse.move(start.x, start.y)
        await page.mouse.down()
        for (let n = 1; n <= 24; n++) {
          const { x, y } = at(n / 24)
          await page.mouse.move(x, y)
          await pause(4)
        }
        await page.mouse.up()
      }
    },
    async finishesSigning() {
      await page.getByRole('button', { name: citizenWords.sign.done }).click()
    },
  }
}

export type Citizen = ReturnType<typeof citizenAt>
