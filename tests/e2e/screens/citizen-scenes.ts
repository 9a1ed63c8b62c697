import type { CitizenView } from '#contract/index.ts'
import { detailFields, type DetailField } from '#domain/person/index.ts'
import { visit } from './citizen-desk.ts'

type Values = Partial<Record<DetailField, string>>

/** Invented people. */
export const person: Readonly<Record<DetailField, string>> = {
  fullName: 'Quàng Văn Mẫu',
  personalNumber: '014088004567',
  birthDate: '01/06/1988',
  sex: 'Nam',
  nationality: 'Việt Nam',
  ethnicity: 'Thái',
  religion: 'Không',
  origin: 'Thôm Mòn, Thuận Châu, Sơn La',
  residence: 'Bản Mẫu, Thuận Châu, Sơn La',
}
export const long: Values = {
  fullName: 'Nguyễn Hoàng Phương Thảo Nguyên Trường Giang Thương Thương Mẫu Rất Dài H’Wương Ksor Kpă Niê Blŏ',
  residence: `Số 1234/56/7 ngách 89 ngõ 1011 tổ dân phố số 12, bản Mẫu Nghiêng Phương Thuợng, khu tái định cư Trường Khuyến Nông, xã Thuận Châu, tỉnh Sơn La (${'Nghiêng'.repeat(9)})`,
}
/** An invented child, of whom an invented mother speaks. */
export const child: Values = { fullName: 'Lò Văn Bé Mẫu', personalNumber: '014218000018', birthDate: '02/09/2018' }

const portrait = { name: '00ff'.repeat(8), sha256: '0'.repeat(64), size: 10, mediaType: 'image/jpeg' }
const detailsOf = (values: Values) => detailFields.map((field) => ({ field, value: values[field] ?? person[field] }))

type View<Scene extends CitizenView['scene']> = Extract<CitizenView, { readonly scene: Scene }>

export const check = (
  field: DetailField,
  value = person[field],
  place = detailFields.indexOf(field) + 1,
): View<'check'> => ({ scene: 'check', ...visit, done: 4, detail: { field, value }, place, of: 9 })

export const onePage = (values: Values = {}): View<'page'> => ({
  scene: 'page',
  ...visit,
  done: 4,
  details: detailsOf(values),
  portrait,
})

export const sign = (values: Values = {}, who: View<'sign'>['who'] = 'citizen'): View<'sign'> => ({
  scene: 'sign',
  ...visit,
  done: 5,
  details: detailsOf(values),
  portrait,
  who,
})

const forChild = { address: 'chị', about: 'cháu' } as const

/** Every scene of the questions, the pad and what stands between them, by the name of its picture. */
export const scenes: Readonly<Record<string, CitizenView>> = {
  greeting: {
    scene: 'greeting',
    ...visit,
    done: 0,
    parts: ['papers', 'portrait', 'fingers', 'check', 'sign'],
    minutes: 6,
  },
  'greeting-child': {
    scene: 'greeting',
    ...visit,
    ...forChild,
    done: 0,
    parts: ['papers', 'portrait', 'check', 'sign'],
    minutes: 4,
  },
  wait: { scene: 'wait', ...visit, done: 1 },
  'check-name': check('fullName'),
  'check-number': check('personalNumber'),
  'check-year': check('birthDate', '1988'),
  'check-sex': check('sex'),
  'check-residence': check('residence'),
  'check-long-name': check('fullName', long.fullName),
  'check-long-residence': check('residence', long.residence),
  'check-child': { ...check('fullName', child.fullName), ...forChild },
  correcting: { scene: 'correcting', ...visit, done: 4 },
  page: onePage(),
  'page-long': onePage(long),
  'page-child': { ...onePage(child), ...forChild },
  sign: sign(),
  'sign-long': sign(long),
  'sign-representative': { ...sign(child, 'representative'), ...forChild },
  'sign-witness': sign({}, 'witness'),
  mark: { scene: 'mark', ...visit, done: 5 },
  thanks: { scene: 'thanks', ...visit, done: 7, due: '2026-11-23' },
}
