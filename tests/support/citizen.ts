import type { CallInput, CitizenView } from '#contract/index.ts'
import type { TestDesk } from './desk.ts'
import { inventedPng } from './invented.ts'

/** Two points of a pen, and a picture that stands for them. */
export const signature: CallInput<'sign'> = {
  width: 600,
  height: 200,
  strokes: [
    [
      { x: 1, y: 2, t: 0, pressure: 0.5 },
      { x: 30, y: 20, t: 40, pressure: 0.6 },
    ],
  ],
  pointer: 'pen',
  png: inventedPng(3, 600, 200),
}

type Question = Extract<CitizenView, { scene: 'check' | 'page' }>

/** What the page reports when it has painted this; undefined when the scene asks nothing. */
export function showingOf(view: CitizenView): CallInput<'reportShown'> | undefined {
  if (view.scene !== 'check' && view.scene !== 'page') return undefined
  const lines = view.scene === 'check' ? [view.detail.value] : view.details.map(({ value }) => value)
  return { what: thingOf(view), language: view.viewing.language, lines, heard: 'nothing' }
}

function thingOf(view: Question): CallInput<'reportShown'>['what'] {
  if (view.scene === 'check') return { kind: 'detail', ...view.detail }
  return { kind: 'page', details: view.details, ...(view.portrait && { portrait: view.portrait.name }) }
}

/** The page paints what it was told to, as the real one does after every change. Returns what it shows. */
export async function look(desk: TestDesk): Promise<CitizenView> {
  const view = await desk.ask('citizenView', {})
  const showing = showingOf(view)
  if (showing) await desk.ask('reportShown', showing)
  return view
}

/** Each detail is shown and answered, until no more are asked about. Returns the fields in the order asked. */
export async function answerAll(desk: TestDesk, wrong: readonly string[] = []): Promise<readonly string[]> {
  const asked: string[] = []
  for (;;) {
    const view = await look(desk)
    if (view.scene !== 'check') return asked
    asked.push(view.detail.field)
    await desk.ask('answerDetail', { ...view.detail, answer: wrong.includes(view.detail.field) ? 'wrong' : 'right' })
  }
}

/** Each detail and then the page is found right. Returns the fields in the order asked. */
export async function confirmAll(desk: TestDesk): Promise<readonly string[]> {
  const asked = await answerAll(desk)
  await look(desk)
  await desk.ask('confirmPage', {})
  return asked
}
