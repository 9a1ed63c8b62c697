import { createDecoder, encodeBlock, encodeMessage } from '#native/drivers/hid-image/codec.ts'
import { fillerImage } from '#native/drivers/hid-image/filler.ts'
import type { ImageHeader, Message } from '#native/drivers/hid-image/messages.ts'
import type { ReplayFamily } from './replay-family.ts'

/**
 * Blocks of a picture that were counted are made again from its header. Numbers of commands come back in their
 * answers: since credit is not in a trace, the driver's numbers are others than they were.
 */
export function hidImageFamily(): ReplayFamily {
  const numbers = new Map<number, number>()
  let picture: { readonly header: ImageHeader; readonly image: Uint8Array } | undefined

  function answer(message: Message, report: Uint8Array): Uint8Array {
    if (message.type !== 'ack' && message.type !== 'error' && message.type !== 'identity') return report
    return encodeMessage({ ...message, seq: numbers.get(message.seq) ?? message.seq })
  }

  return {
    expand({ hex, name, times = 1 }) {
      const bytes = Uint8Array.from(Buffer.from(hex, 'hex'))
      if (name === 'image block' && times > 1 && picture) {
        const { header, image } = picture
        const first = bytes[2]! | (bytes[3]! << 8)
        const others = Array.from({ length: times - 1 }, (_, at) => encodeBlock(header.transfer, first + 1 + at, image))
        return [bytes, ...others]
      }
      const [frame] = createDecoder().push(bytes)
      if (frame?.kind !== 'message') return Array.from({ length: times }, () => bytes)
      if (frame.message.type === 'image') picture = { header: frame.message, image: fillerImage(frame.message) }
      const said = answer(frame.message, bytes)
      return Array.from({ length: times }, () => said)
    },
    written(then, now) {
      numbers.set(then[1]!, now[1]!)
    },
    paced: new Set(['done', 'resend']),
    // The picture is taken, or given up, while a trace still shows previews.
    ending: new Set(['shoot', 'stop']),
  }
}
