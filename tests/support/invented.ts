import { encode } from 'fast-png'

/** Lò Thị Mẫu is invented, as are her number, her address and her card. */
export const loThiMau = {
  personalNumber: '014190000123',
  fullName: 'Lò Thị Mẫu',
  birthDate: '15/03/1990',
  sex: 'Nữ',
  nationality: 'Việt Nam',
  ethnicity: 'Thái',
  religion: 'Không',
  origin: 'Thôm Mòn, Thuận Châu, Sơn La',
  residence: 'Bản Mẫu, Thuận Châu, Sơn La',
  issued: '10/08/2024',
  expires: '15/03/2030',
  mrz: ['IDVNM1900001230014190000123<<7', '9003152F3003150VNM<<<<<<<<<<<2', 'LO<<THI<MAU<<<<<<<<<<<<<<<<<<<'],
  qr: '014190000123|050000123|Lò Thị Mẫu|15031990|Nữ|Bản Mẫu, Thôm Mòn, Thuận Châu, Sơn La|10082024',
} as const

/** A grey picture with a pattern of its own: `seed` makes it different from every other. */
export function inventedPng(seed: number, width = 64, height = 48): Uint8Array {
  const data = new Uint8Array(width * height)
  let state = seed * 2654435761
  for (let at = 0; at < data.length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    data[at] = state >>> 24
  }
  return encode({ width, height, data, depth: 8, channels: 1 })
}

/** Who stands in for Lò Thị Mẫu, and who saw that she could not sign: invented, too. */
export const quangVanMau = { name: 'Quàng Văn Mẫu', number: '014088004567' } as const
export const giangAMau = { name: 'Giàng A Mẫu', number: '012201000045' } as const
