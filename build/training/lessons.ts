import type { LessonPerson } from '#core/training/hands.ts'
import type { LessonId } from '#domain/training/index.ts'
import { fullChip } from '#native/sim/chip/index.ts'
import { people, type Personalisation } from '#native/sim/people/people.ts'
import { dayFirst } from '#native/sim/stage/card.ts'
import type { Coming } from '#native/sim/stage/set-up.ts'

type Visitor = {
  readonly coming: Coming
  readonly person: LessonPerson
  /** The same hand once it was cleaned and moistened, where that makes a difference. */
  readonly tended?: Coming['hand']
}

/** A farmer's hands, and what washing, drying and cream make of them. */
const worn = { seed: people.sung.portraitSeed, wear: 0.85, dryness: 0.75, pressure: 0.3 }
const tended = { seed: people.sung.portraitSeed, wear: 0.45, dryness: 0.1 }

/** Who comes to the desk in each lesson. Everybody is invented. */
export const visitors: Readonly<Record<LessonId, Visitor>> = {
  'first-adult': {
    coming: { person: people.lo, chip: { options: fullChip, quirks: {} } },
    person: whoIs(people.lo),
  },
  'worn-hands': {
    // What is printed was spelled in another way than what the chip holds.
    coming: {
      person: people.sung,
      printed: { ...people.sung, residence: 'Bản Mẫu Nương, Thuận Châu, Sơn La' },
      hand: worn,
    },
    person: whoIs(people.sung),
    tended,
  },
  child: {
    coming: { person: people.be },
    person: {
      ...whoIs(people.be),
      companion: { fullName: people.lo.fullName, personalNumber: people.lo.personalNumber },
    },
  },
  'lost-card': { coming: { person: people.quang }, person: whoIs(people.quang) },
}

function whoIs({ fullName, personalNumber, birthDate, sex, ...more }: Personalisation): LessonPerson {
  const { nationality, ethnicity, religion, origin, residence } = more
  return {
    fullName,
    personalNumber,
    birthDate,
    says: {
      fullName,
      personalNumber,
      birthDate: dayFirst(birthDate, '/'),
      sex: sex === 'M' ? 'Nam' : 'Nữ',
      nationality,
      ethnicity,
      religion,
      origin,
      residence,
    },
  }
}
