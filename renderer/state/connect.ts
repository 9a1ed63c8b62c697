import type { DeskApi, Role } from '#contract/index.ts'

/** The calls and events of this window's role, as its preload put them there. */
export function connect<R extends Role>(): DeskApi<R> {
  const { desk } = window as unknown as { readonly desk?: DeskApi<R> }
  if (!desk) throw new Error('this page was opened without its preload')
  return desk
}
