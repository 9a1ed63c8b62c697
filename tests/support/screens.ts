import type { Screens } from '#core/index.ts'

/** No display and no window: what a test does not put in their place does nothing. */
export function noScreens(own: Partial<Screens> = {}): Screens {
  return { displays: () => [], bind() {}, turn() {}, capture: async () => undefined, ...own }
}
