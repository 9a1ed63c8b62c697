/** One worked example; `run` throws when this program disagrees. Plain functions, so that bun runs them as vitest does. */
export type Example = { readonly title: string; readonly run: () => void | Promise<void> }

export const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'))
export const shown = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase()
