import { visitors } from '#build/training/lessons.ts'
import { compareSources, findings, fingerProgress, portraitProgress, usedTries } from '#domain/enrolment/index.ts'
import type { LessonId, LessonPoint } from '#domain/training/index.ts'
import { printCard } from '#native/sim/stage/card.ts'
import { drawScene, type Scene } from '#native/sim/stage/scenes.ts'
import { hintOf, type Hint, type HintWords } from '../../../renderer/officer/training/hint.ts'
import { signature, showingOf } from '../../support/citizen.ts'
import type { Rehearsal } from './rehearsal.ts'

export type Taken = { readonly missed: readonly LessonPoint[]; readonly hints: readonly HintWords[] }

/** Previews of one capture; some three times as many as good fingers need. */
const patience = 25

/** More hints than any visit needs. */
const most = 400

/**
 * Takes a lesson from its start to its score as somebody who does what the hints say, and only that; `instead` is what is
 * done otherwise. The windows' part is done here: what the camera sees is drawn, as the stage draws it.
 */
export async function takeLesson(
  desk: Rehearsal,
  lesson: LessonId,
  usb: string,
  instead: Partial<Record<HintWords, (hint: Hint) => Promise<unknown>>> = {},
): Promise<Taken> {
  const hints: HintWords[] = []
  const acts = actsOf(desk, lesson, usb)
  await desk.ask('startLesson', { lesson })
  while (hints.length < most) {
    const now = desk.lesson()
    if (!now) throw new Error('the lesson is gone')
    const { score } = now
    if (score) return { missed: score.points.flatMap(({ point, reached }) => (reached ? [] : [point])), hints }
    const hint = hintOf(now, desk.view())
    hints.push(hint.words)
    await (instead[hint.words] ?? acts[hint.words])(hint)
  }
  throw new Error(`the hints lead nowhere: … ${hints.slice(-8).join(', ')}`)
}

/** What is done at each hint. */
function actsOf(
  desk: Rehearsal,
  lesson: LessonId,
  usb: string,
): Readonly<Record<HintWords, (hint: Hint) => Promise<unknown>>> {
  const { ask, until } = desk
  const { coming, person } = visitors[lesson]
  const printed = printCard(coming.printed ?? coming.person)
  let capturing: Promise<unknown> = Promise.resolve()

  const state = () => stateOf(desk)
  const go = (to: Parameters<typeof enter>[1]) => () => enter(desk, to)
  const hand = ({ words, act }: Hint) => {
    if (!act) throw new Error(`no hand for ${words}`)
    return ask('useHands', { act })
  }
  const stuck = ({ words }: Hint) => {
    const blocking = findings(state()).filter(({ blocks }) => blocks)
    const doubts = Object.values(state().tries).flatMap((tries) => tries.flatMap(({ doubts: found }) => found ?? []))
    const { refusals } = portraitProgress(state())
    throw new Error(`stuck at ${words}: ${JSON.stringify({ blocking, doubts, refusals })}`)
  }

  /** Until the scanner waits or, where the hand lies there already, until it is done. */
  async function capture() {
    const { open } = fingerProgress(state())
    if (!open) throw new Error('no capture is open')
    capturing = ask('captureFingers', { step: open })
    await Promise.race([until(() => state().fingerAttempt !== undefined), capturing])
  }

  async function shootPage(hint: Hint) {
    await hand(hint)
    const holds = desk.lesson()?.holds ?? []
    const [scene, kind] = holds.includes('show-card-front')
      ? (['card-front', 'old-card-front'] as const)
      : holds.includes('show-card-back')
        ? (['card-back', 'old-card-back'] as const)
        : (['paper', lesson === 'child' ? 'birth-certificate' : 'loss-report'] as const)
    await ask('takePage', { picture: await seen(scene), kind, colour: 'colour', turn: 0 })
  }

  /** What is not taken by itself soon is taken as it is, with the key of the shutter. */
  async function holdStill() {
    const attempt = state().fingerAttempt?.attempt
    const tired = () => {
      const preview = desk.preview()
      return preview?.attempt === attempt && (preview?.number ?? 0) >= patience
    }
    await Promise.race([until(tired), capturing])
    if (attempt !== undefined && state().fingerAttempt?.attempt === attempt) await ask('shootFingers', {})
    await capturing
  }

  const seen = (scene: Scene) => drawScene(scene, printed)

  async function judge() {
    const name = state().portrait?.name ?? ''
    await ask('judgePortrait', { name, same: 'yes', ...(await ask('compareWithChip', {})) })
  }

  async function settle() {
    for (const { field, differs } of compareSources(state()))
      if (differs) await ask('chooseSource', { field, source: 'chip' })
  }

  async function accept() {
    await ask('confirmComparison', {})
    await enter(desk, 'documents')
  }

  async function scanCode(hint: Hint) {
    const side = printed.qrSide === 'front' ? 'show-card-front' : 'show-card-back'
    return desk.lesson()?.holds.includes(side) ? ask('giveCode', { text: printed.qr }) : hand(hint)
  }

  async function layCard(hint: Hint) {
    await hand(hint)
    await until(() => desk.devices().some(({ cardPresent }) => cardPresent === true))
  }

  /** Doubts come after the prints. */
  async function toCheck() {
    const compared = () =>
      fingerProgress(state()).plan.steps.every((step) =>
        usedTries(state(), step).every(({ doubts }) => doubts !== undefined),
      )
    await until(compared)
    if (fingerProgress(state()).open === undefined) await enter(desk, 'check')
  }

  return {
    receive: () => ask('openDossier', {}),
    'scan-code': scanCode,
    'lay-card': layCard,
    'read-chip': () => ask('readChip', {}),
    reading: () => until(() => state().chipAttempt === undefined),
    'declare-number': () => ask('declareDetail', { field: 'personalNumber', value: person.says.personalNumber ?? '' }),
    'declare-details': async ({ fields = [] }) => {
      for (const field of fields) await ask('declareDetail', { field, value: person.says[field] ?? '' })
    },
    representative: () => {
      const { fullName: name, personalNumber: number } = person.companion ?? { fullName: '', personalNumber: '' }
      return ask('nameRepresentative', { name, number, relation: 'mother', reason: 'under-14' })
    },
    'to-compare': go('compare'),
    'settle-difference': settle,
    'fill-missing': async (hint) => stuck(hint),
    'accept-compare': accept,
    'show-front': hand,
    'show-back': hand,
    'show-birth-certificate': hand,
    'show-loss-report': hand,
    'shoot-page': shootPage,
    'to-portrait': go('portrait'),
    'show-face': hand,
    'shoot-face': async () => ask('takePortrait', { picture: await seen('face') }),
    'face-again': async (hint) => stuck(hint),
    'compare-faces': judge,
    'to-fingers': go('fingers'),
    'start-capture': capture,
    'place-hand': hand,
    'hold-still': holdStill,
    'clean-hand': hand,
    'take-again': capture,
    'accept-weak': () => {
      const { open } = fingerProgress(state())
      if (!open) throw new Error('no capture is open')
      return ask('acceptFingers', { step: open, reason: 'tay mòn, đã lau và thấm ẩm' })
    },
    'decide-doubt': async (hint) => stuck(hint),
    'to-check': toCheck,
    'answer-at-screen': () => answerAtScreen(desk),
    'correct-wrong': async (hint) => stuck(hint),
    'confirm-page': () => answerAtScreen(desk),
    sign: () => ask('sign', signature, 'citizen'),
    mark: async (hint) => stuck(hint),
    'to-review': go('review'),
    'complete-review': async (hint) => stuck(hint),
    seal: () => ask('sealDossier', {}),
    sealing: () => until(() => state().status !== 'sealing'),
    export: () => ask('exportSealed', { folder: usb }),
    close: () => ask('closeDossier', {}),
  }
}

export function stateOf(desk: Rehearsal) {
  const view = desk.view()
  if (!view) throw new Error('no dossier lies on the desk')
  return view.state
}

/** Goes to a step from the one where the dossier stands. */
export function enter(desk: Rehearsal, to: ReturnType<typeof stateOf>['step']): Promise<unknown> {
  return desk.ask('goToStep', { from: stateOf(desk).step, to })
}

/** One thing that is asked at the citizen's screen is looked at and found right. */
export async function answerAtScreen({ ask, citizen }: Rehearsal): Promise<void> {
  const shown = await citizen()
  const input = showingOf(shown)
  if (!input) throw new Error(`nothing is asked on ${shown.scene}`)
  await ask('reportShown', input, 'citizen')
  if (shown.scene === 'page') await ask('confirmPage', {}, 'citizen')
  if (shown.scene === 'check') {
    const { field, value } = shown.detail
    await ask('answerDetail', { field, value, answer: 'right' }, 'citizen')
  }
}
