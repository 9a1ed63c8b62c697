/** What a chip answers, before it is protected. */
export type Reply = { readonly data?: Uint8Array; readonly sw: number }

export const ok: Reply = { sw: 0x9000 }
