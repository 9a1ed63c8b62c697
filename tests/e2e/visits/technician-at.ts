import type { Page } from '@playwright/test'
import vi from '#resources/languages/vi/technician.json' with { type: 'json' }
import diagnosis from '#resources/languages/vi/diagnosis.json' with { type: 'json' }
import { expect } from '../fixture.ts'

export const words = { ...vi, diagnosis }
export type Prompt = Exclude<keyof typeof vi.prompt, 'title' | 'progress' | 'stop' | 'goOn' | 'wait' | 'nothing'>
export type Hands = Partial<Record<Prompt, () => Promise<unknown>>>
/** What a guided test says in the end, as it stands on the screen. */
export type Outcome = {
  readonly verdict: string
  readonly causes: readonly string[]
  readonly prompts: readonly Prompt[]
}

const pages = ['devices', 'checks', 'traces', 'health', 'bundle'] as const
const promptOf = (text: string) =>
  (Object.entries(vi.prompt) as [Prompt, string | { do: string }][]).find(
    ([, said]) => typeof said === 'object' && said.do === text,
  )?.[0]

/** A technician at the window: reads what stands there, presses what it shows. */
export function technicianAt(page: Page) {
  page.setDefaultTimeout(30_000)
  const entry = (name: string) =>
    page
      .getByRole('list', { name: vi.checks.subjects })
      .getByRole('button', { name: new RegExp(`(?:^| )${name} `, 'u') })

  async function goTo(name: (typeof pages)[number]): Promise<void> {
    await page.keyboard.press(`Alt+${pages.indexOf(name) + 1}`)
    await page.getByRole('heading', { level: 1, name: vi.page[name], exact: true }).waitFor()
  }

  /** The verdict and the causes of the entry that is chosen. */
  async function outcome(prompts: readonly Prompt[]): Promise<Outcome> {
    const report = page.getByRole('region', { name: vi.checks.outcome })
    return {
      verdict: (await report.locator('.verdict strong').textContent()) ?? '',
      causes: await report.locator('.cause-name').allTextContents(),
      prompts,
    }
  }

  return {
    page,
    goTo,
    entry,
    /** The line of a device of the station. */
    device: (id: string) =>
      page.locator('.devices tbody tr', { has: page.getByRole('rowheader', { name: id, exact: true }) }),
    /** The line of what is plugged in at an address. */
    plugged: (address: string) => page.locator('.plugged tbody tr', { hasText: address }),

    /** The guided test of a device: does what each prompt asks for, says so, and reads the verdict. */
    async checks(id: string, hands: Hands = {}): Promise<Outcome> {
      await goTo('checks')
      await entry(id).click()
      await page
        .getByRole('button', { name: new RegExp(`^${vi.checks.begin.replace('{{name}}', '')}(?:lại )?${id}`, 'u') })
        .waitFor()
      await page.keyboard.press('Enter')
      const prompts: Prompt[] = []
      let seen = ''
      for (;;) {
        const now = await page.waitForFunction(
          ([before, waits]) => {
            const progress = document.querySelector('.prompt')
            if (!progress) return { over: true }
            const text = progress.querySelector('.prompt-do')?.textContent ?? ''
            const step = `${text} ${progress.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')}`
            return text !== waits && step !== before ? { over: false, text, step } : false
          },
          [seen, vi.prompt.nothing.do] as const,
          { timeout: 120_000 },
        )
        const {
          over,
          text = '',
          step = '',
        } = (await now.jsonValue()) as { over: boolean; text?: string; step?: string }
        if (over) return outcome(prompts)
        seen = step
        const prompt = promptOf(text)
        if (prompt === undefined) throw new Error(`nobody knows the prompt ${text}`)
        prompts.push(prompt)
        await hands[prompt]?.()
        // What the device sees by itself may have led on already; then there is no such button.
        const done = page.getByRole('button', { name: vi.prompt.goOn })
        if (!seenByDevice.includes(prompt) && (await done.isEnabled())) await page.keyboard.press('Enter')
      }
    },

    /** One of the tests of the station. */
    async checksStation(subject: keyof typeof diagnosis.subject): Promise<Outcome> {
      await goTo('checks')
      await entry(diagnosis.subject[subject]).click()
      await page.locator('.task-acts button[data-key="Enter"]:not([disabled])').waitFor()
      await page.keyboard.press('Enter')
      await page.locator('.task-acts button[data-key="Enter"]:not([disabled])').waitFor()
      return outcome([])
    },

    /** Asks for a support bundle in a folder; what comes of it stands on the page. */
    async makesBundle(folder: string): Promise<void> {
      await goTo('bundle')
      await page.getByLabel(vi.folder).fill(folder)
      await page.keyboard.press('Enter')
    },

    async expectFits() {
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(over, 'nothing runs over the edge').toBeLessThanOrEqual(0)
    },
  }
}

export type Technician = ReturnType<typeof technicianAt>

/** Prompts that are over by themselves when the device has noticed. */
const seenByDevice: readonly Prompt[] = [
  'lay-test-card',
  'take-card-away',
  'lay-finger',
  'scan-a-code',
  'press-shutter',
]
