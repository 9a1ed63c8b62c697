type Traits = {
  readonly docType?: string
  readonly codec?: string
  readonly trackType?: number
  readonly tracks?: number
  readonly lacing?: number
  readonly encodings?: boolean
  /** As MediaRecorder leaves it: sizes of segment and cluster are not known. */
  readonly unknownSizes?: boolean
  /** Bytes of each packet. */
  readonly packet?: number
}

/** WebM with Opus packets of 60 ms that nobody can listen to; `seed` makes it different from every other. */
export function inventedRecording(seed: number, seconds = 1.2, traits: Traits = {}): Buffer {
  const { docType = 'webm', codec = 'A_OPUS', trackType = 2, tracks = 1, lacing = 0, packet = 24 } = traits
  const { encodings = false, unknownSizes = false } = traits
  const whole = (id: number, content: Buffer) => element(id, content, unknownSizes)
  const track = element(
    0xae,
    Buffer.concat([
      element(0xd7, Buffer.from([1])),
      element(0x83, Buffer.from([trackType])),
      element(0x86, Buffer.from(codec)),
      ...(encodings ? [element(0x6d80, Buffer.alloc(4))] : []),
    ]),
  )
  const blocks: Buffer[] = []
  for (let at = 0; at < Math.round(seconds * 1000); at += 60) {
    const block = Buffer.alloc(4 + packet, seed)
    block[0] = 0x81
    block.writeInt16BE(at, 1)
    block[3] = 0x80 | lacing
    block[4] = 3 << 3 // SILK, 60 ms, one frame
    blocks.push(element(0xa3, block))
  }
  const cluster = whole(0x1f43b675, Buffer.concat([element(0xe7, Buffer.from([0])), ...blocks]))
  const content = [element(0x1654ae6b, Buffer.concat(Array.from({ length: tracks }, () => track))), cluster]
  return Buffer.concat([
    element(0x1a45dfa3, element(0x4282, Buffer.from(docType))),
    whole(0x18538067, Buffer.concat(content)),
  ])
}

function element(id: number, content: Buffer, unknown = false): Buffer {
  const size = Buffer.alloc(8)
  if (unknown) size.writeBigUInt64BE(0x01ffffffffffffffn)
  else size.writeBigUInt64BE(0x0100000000000000n | BigInt(content.length))
  const name = Buffer.from(id.toString(16).padStart(2, '0'), 'hex')
  return Buffer.concat([name, size, content])
}
