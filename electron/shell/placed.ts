import type { DisplayPart } from '#contract/index.ts'
import type { KnownDisplay, Registry } from './displays.ts'

const touchOf = { available: 'yes', unavailable: 'no', unknown: 'unknown' } as const

/** The displays as a technician wants to know them; the citizen's also when it is not plugged in. */
export function placedDisplays(
  present: readonly KnownDisplay[],
  registry: Pick<Registry, 'marksOf'>,
  citizen: string | null | undefined,
  officer: string | undefined,
): readonly Omit<DisplayPart, 'since'>[] {
  const there = present.map(({ key, display }) => ({
    key,
    label: display.label.slice(0, 200),
    is: 'there' as const,
    width: display.size.width,
    height: display.size.height,
    x: display.bounds.x,
    y: display.bounds.y,
    scale: display.scaleFactor,
    internal: display.internal,
    touch: touchOf[display.touchSupport],
    use: key === citizen ? ('citizen' as const) : key === officer ? ('officer' as const) : ('none' as const),
  }))
  const marks = typeof citizen === 'string' ? registry.marksOf(citizen) : undefined
  if (!marks || typeof citizen !== 'string' || there.some(({ key }) => key === citizen)) return there
  const { label, internal, long, short } = marks
  const gone = { key: citizen, label, internal, is: 'missing', use: 'citizen', touch: 'unknown' } as const
  return [...there, { ...gone, width: long, height: short, x: 0, y: 0, scale: 1 }]
}
