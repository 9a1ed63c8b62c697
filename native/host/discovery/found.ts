import type { PluggedIn } from '#native/capability/checks.ts'

/** What a listing knows of one device. Everything a device says of itself has gone through `clean.ts`. */
export type Found = Omit<PluggedIn, 'since' | 'proposals' | 'twin' | 'boundTo'> & {
  /** As the system names it: path of a port or HID device, name of a reader, `host:port`. */
  readonly path: string
  /** HID: what its collections are for. */
  readonly usages?: readonly { readonly page: number; readonly usage: number }[]
  /** The same for two interfaces of one device, different for two devices. Where the system tells. */
  readonly place?: string
  /** Another one after it went and came back under the same name. Where the system tells. */
  readonly birth?: string
  /** Drivers that it has answered to. */
  readonly answers?: readonly string[]
}

export type Listing = {
  readonly transport: PluggedIn['transport']
  /** Everything there now. TRANSPORT_MISSING when the module or a system library is not there. */
  list(): Promise<readonly Found[]>
  /** Something cheap that differs whenever `list` would; undefined where there is nothing of the kind. */
  mark?(): Promise<string | undefined>
  /** Is looked at only when a person asks for it, and not too often. */
  readonly onDemand?: boolean
}

/** More of one transport than any station has: what is beyond is left out. */
export const mostListed = 500
