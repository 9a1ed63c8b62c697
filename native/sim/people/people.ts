import type { MrzSex } from '#domain/person/mrz.ts'

/** Everything a simulated card is personalised with; plain JSON. Dates are ISO. */
export type Personalisation = {
  readonly personalNumber: string
  readonly fullName: string
  readonly birthDate: string
  readonly sex: Extract<MrzSex, 'M' | 'F'>
  readonly nationality: string
  readonly ethnicity: string
  readonly religion: string
  readonly origin: string
  readonly residence: string
  readonly features: string
  readonly issued: string
  readonly expires: string
  readonly father: string
  readonly mother: string
  readonly spouse?: string
  /** The nine-digit number of the old identity card. */
  readonly oldNumber?: string
  readonly portraitSeed: number
}

/** Invented people; none of them exists. */
export const people = {
  lo: {
    personalNumber: '014190000123',
    fullName: 'Lò Thị Mẫu',
    birthDate: '1990-03-15',
    sex: 'F',
    nationality: 'Việt Nam',
    ethnicity: 'Thái',
    religion: 'Không',
    origin: 'Thôm Mòn, Thuận Châu, Sơn La',
    residence: 'Bản Mẫu, Thuận Châu, Sơn La',
    features: 'Nốt ruồi C 1cm trên sau mép phải',
    issued: '2024-08-01',
    expires: '2030-03-15',
    father: 'Lò Văn Mẫu',
    mother: 'Quàng Thị Mẫu',
    oldNumber: '050000123',
    portraitSeed: 19900315,
  },
  quang: {
    personalNumber: '014088004567',
    fullName: 'Quàng Văn Mẫu',
    birthDate: '1988-06-01',
    sex: 'M',
    nationality: 'Việt Nam',
    ethnicity: 'Thái',
    religion: 'Không',
    origin: 'Chiềng Pấc, Thuận Châu, Sơn La',
    residence: 'Bản Ví Dụ, Thuận Châu, Sơn La',
    features: 'Sẹo chấm C 2cm dưới trước đuôi mắt trái',
    issued: '2021-05-20',
    expires: '2028-06-01',
    father: 'Quàng Văn Thử',
    mother: 'Lò Thị Thử',
    spouse: 'Cà Thị Mẫu',
    oldNumber: '050004567',
    portraitSeed: 19880601,
  },
  giang: {
    personalNumber: '012201000045',
    fullName: 'Giàng A Mẫu',
    birthDate: '2001-09-10',
    sex: 'M',
    nationality: 'Việt Nam',
    ethnicity: 'Mông',
    religion: 'Không',
    origin: 'Sìn Hồ, Lai Châu',
    residence: 'Bản Thử Nghiệm, Sìn Hồ, Lai Châu',
    features: 'Nốt ruồi C 0,5cm trên trước tai trái',
    issued: '2021-04-20',
    expires: '2026-09-10',
    father: 'Giàng A Thử',
    mother: 'Sùng Thị Thử',
    portraitSeed: 20010910,
  },
  /** A farmer whose ridges are worn. */
  sung: {
    personalNumber: '014168000078',
    fullName: 'Sùng Thị Thử',
    birthDate: '1968-02-20',
    sex: 'F',
    nationality: 'Việt Nam',
    ethnicity: 'Mông',
    religion: 'Không',
    origin: 'Co Mạ, Thuận Châu, Sơn La',
    residence: 'Bản Nương Mẫu, Thuận Châu, Sơn La',
    features: 'Sẹo chấm C 1cm dưới sau cánh mũi phải',
    issued: '2021-03-18',
    expires: '2028-02-20',
    father: 'Sùng A Thử',
    mother: 'Vàng Thị Thử',
    oldNumber: '050000678',
    portraitSeed: 19680220,
  },
  /** A child, whose card there is only to be drawn from: it comes without one. */
  be: {
    personalNumber: '014218000018',
    fullName: 'Lò Văn Bé Mẫu',
    birthDate: '2018-05-09',
    sex: 'M',
    nationality: 'Việt Nam',
    ethnicity: 'Thái',
    religion: 'Không',
    origin: 'Thôm Mòn, Thuận Châu, Sơn La',
    residence: 'Bản Mẫu, Thuận Châu, Sơn La',
    features: 'Không',
    issued: '2024-08-01',
    expires: '2032-05-09',
    father: 'Quàng Văn Thử',
    mother: 'Lò Thị Mẫu',
    portraitSeed: 20180509,
  },
} as const satisfies Record<string, Personalisation>

export type PersonName = keyof typeof people
