export const textSizes = [100, 150, 200] as const
export type TextSize = (typeof textSizes)[number]

/** How the citizen's screen speaks to this person. Chosen by either side, kept for the visit, forgotten after it. */
export type Viewing = {
  /** Id of a language pack: BCP 47 language with a script where there are two, `vi`, `blt-Tavt`. */
  readonly language: string
  /** Percent. */
  readonly textSize: TextSize
  readonly contrast: 'usual' | 'high'
  /** The hand that signs. */
  readonly hand: 'right' | 'left'
  /** Sentences are spoken by themselves. */
  readonly sound: boolean
  /** One switch is enough: the choices take turns, the switch takes the one that is lit. */
  readonly scanning: boolean
}

export const usualViewing: Viewing = {
  language: 'vi',
  textSize: 100,
  contrast: 'usual',
  hand: 'right',
  sound: true,
  scanning: false,
}
