import type { DeviceStatus } from '#native/capability/device.ts'

type Reader = Pick<DeviceStatus, 'id' | 'kind' | 'cardPresent' | 'cardSession'>

export type CardsLeft = {
  /** What is known of the readers now, and which dossier is on the desk. */
  see(devices: readonly Reader[], dossier: string | undefined): void
  /** The card in this reader lay there during another dossier and has not been out since. */
  leftBehind(reader: string, dossier: string): boolean
}

/**
 * Whose card lies in which reader: a card belongs to the first dossier that was open while it lay there, until it is taken
 * out. A reader that is opened again, or a device process that starts anew, has not seen it leave: it is still the same.
 */
export function watchCards(): CardsLeft {
  const lying = new Map<string, { session: number; owner: string | undefined }>()
  return {
    see(devices, dossier) {
      for (const { id, kind, cardPresent, cardSession } of devices) {
        if (kind !== 'card-reader' || cardPresent === undefined) continue
        if (!cardPresent || cardSession === undefined) {
          lying.delete(id)
          continue
        }
        const known = lying.get(id)
        // Sessions are counted from one again when the device process starts anew.
        if (!known || cardSession > known.session) lying.set(id, { session: cardSession, owner: dossier })
        else known.session = cardSession
      }
      for (const card of lying.values()) card.owner ??= dossier
    },
    leftBehind(reader, dossier) {
      const owner = lying.get(reader)?.owner
      return owner !== undefined && owner !== dossier
    },
  }
}
