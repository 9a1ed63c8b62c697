import thaiLatin from '#resources/languages/blt-Latn/language.json' with { type: 'json' }
import thai from '#resources/languages/blt-Tavt/language.json' with { type: 'json' }
import english from '#resources/languages/en/language.json' with { type: 'json' }
import dao from '#resources/languages/ium/language.json' with { type: 'json' }
import khmer from '#resources/languages/km/language.json' with { type: 'json' }
import hmong from '#resources/languages/mww/language.json' with { type: 'json' }
import sentenceList from '#resources/languages/sentences.json' with { type: 'json' }
import vietnamese from '#resources/languages/vi/language.json' with { type: 'json' }

export type DatePart = 'day' | 'month' | 'year'
export type Direction = 'ltr' | 'rtl'

export type Slot = {
  readonly id: string
  readonly name: string
  readonly direction: Direction
  readonly date: readonly DatePart[]
}

/** Every sentence that the citizen's screen says, in the order in which it is recorded. */
export const sentences: readonly {
  readonly key: string
  readonly vi: string
  readonly en: string
  readonly when: string
}[] = sentenceList

export const sentenceKeys: ReadonlySet<string> = new Set(sentences.map(({ key }) => key))

/** The languages that come with the program; of most there is the place only. */
export const slots: ReadonlyMap<string, Slot> = new Map(
  [vietnamese, english, thai, thaiLatin, hmong, dao, khmer].map((slot) => [slot.id, slot as Slot]),
)

/** Written out in the program itself: a pack adds recordings only. */
export const isWritten = (id: string) => id === 'vi' || id === 'en'
