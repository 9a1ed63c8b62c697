import type { Page } from '@playwright/test'
import axe from 'axe-core'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** The only rules whose outcome can change with colours alone. */
const ofColours = ['color-contrast', 'link-in-text-block']

/**
 * What axe finds on a page as it stands, a line for each rule; `colours` for a page that was looked at whole by day. axe
 * runs in the page itself, once: our windows have no frames.
 */
export async function barriers(page: Page, what: 'all' | 'colours' = 'all'): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const runOnly =
    what === 'all' ? { type: 'tag' as const, values: standards } : { type: 'rule' as const, values: ofColours }
  const violations = await page.evaluate(async (only) => {
    const found = await (window as never as { axe: typeof axe }).axe.run({
      resultTypes: ['violations'],
      runOnly: only,
    })
    return found.violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html, failureSummary = '' }) => `${html} ${failureSummary}`),
    }))
  }, runOnly)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.join('\n')}`)
}
