import { traceExchange } from '#native/chip/trace.ts'
import { hexOf, hidden, hide, words } from './mask.ts'

/** Masked in place: how many bytes, and what is left in words. */
export type Masked = { readonly masked: number; readonly text: string }

/** The place of a piece in its command or answer. */
export type Role = 'whole' | 'first' | 'rest'

/** Masks commands and answers of a card; what may be shown is decided by native/chip/trace.ts. */
export function apduMask() {
  let command: Uint8Array = new Uint8Array()
  return {
    reset() {
      command = new Uint8Array()
    },

    command(bytes: Uint8Array, role: Role): Masked {
      if (role === 'rest') return hideAll(bytes)
      // GET RESPONSE asks for the rest of what another command gave.
      if (bytes[1] !== 0xc0) command = bytes.slice(0, role === 'whole' ? undefined : headerLength)
      if (role === 'whole') return apply(bytes, traceExchange(bytes, undefined, 0).command)
      const head = hexOf(bytes.subarray(0, headerLength))
      return { masked: hide(bytes.subarray(headerLength)), text: words(head, hidden(bytes.length - headerLength)) }
    },

    /** `last`: nothing more follows, so that it ends in a status word. */
    response(bytes: Uint8Array, role: Role, last: boolean): Masked {
      if (role === 'whole') return apply(bytes, traceExchange(command, bytes, 0).response ?? '')
      if (!last || bytes.length < 2) return hideAll(bytes)
      const status = bytes.subarray(-2)
      return { masked: hide(bytes.subarray(0, -2)), text: words(hidden(bytes.length - 2), hexOf(status)) }
    },
  }
}
export type ApduMask = ReturnType<typeof apduMask>

/** CLA, INS, P1, P2; a card's shortest block holds more. */
const headerLength = 4

/** Fills what the text does not show. */
function apply(bytes: Uint8Array, text: string): Masked {
  const parts = text.match(/[0-9A-F]{2}|\[\d+\]/gu) ?? []
  const length = (part: string) => (part.startsWith('[') ? Number(part.slice(1, -1)) : 1)
  if (parts.reduce((sum, part) => sum + length(part), 0) !== bytes.length) return hideAll(bytes)
  let at = 0
  let masked = 0
  for (const part of parts) {
    const end = at + length(part)
    if (part.startsWith('[')) masked += hide(bytes.subarray(at, end))
    at = end
  }
  return { masked, text }
}

export function hideAll(bytes: Uint8Array): Masked {
  return { masked: hide(bytes), text: bytes.length > 0 ? hidden(bytes.length) : '' }
}

/** All of it, if it is no longer than what it should be. */
export function showAll(bytes: Uint8Array, longest: number): Masked {
  return bytes.length <= longest ? { masked: 0, text: hexOf(bytes) } : hideAll(bytes)
}

const unknown = { key: '', role: 'rest', more: true } as const

/**
 * The role of a block or message in a chain, per direction. One with the same `key` (block number, or its own bytes)
 * as the last one is that one again. Until a card was reset it is not known what the next one belongs to, and it counts
 * as the rest of something.
 */
export function chainRoles() {
  let last: { readonly key: string; readonly role: Role; readonly more: boolean } | undefined = unknown
  return {
    reset() {
      last = undefined
    },
    next(key: string, more: boolean): Role {
      const again = last?.key === key && last.more === more
      const role = again && last ? last.role : last?.more ? 'rest' : more ? 'first' : 'whole'
      last = { key, role, more }
      return role
    },
  }
}
