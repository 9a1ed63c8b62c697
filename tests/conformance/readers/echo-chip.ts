import { decodeCommand } from '#native/chip/apdu.ts'
import type { ChipImage, SimulatedChip } from '#native/sim/chip/index.ts'

/** A card that keeps each command as it came and answers with as many bytes as P1 P2 say, which follow a pattern. */
export function echoChip(image: ChipImage, atr: Uint8Array): SimulatedChip & { readonly heard: Uint8Array[] } {
  const heard: Uint8Array[] = []
  return {
    atr,
    image,
    heard,
    reset() {},
    spoil() {},
    process(apdu) {
      heard.push(apdu.slice())
      const command = decodeCommand(apdu)
      const length = command ? (command.p1 << 8) | command.p2 : 0
      return { response: Uint8Array.of(...pattern(length), 0x90, 0x00), ms: 0.5 }
    },
  }
}

/** Bytes that tell their place, so that a lost, doubled or exchanged piece shows. */
export function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 7 + (at >> 8) * 13 + 5) & 0xff)
}
