import type { Handlers } from '#core/answer.ts'
import { AppError } from '#domain/failure/index.ts'
import { tidyText } from '#domain/person/index.ts'
import { applyKept } from './apply-kept.ts'
import type { Workplace } from './handlers.ts'
import { keepPicture } from './keep-picture.ts'
import { inspectPicture, mostBytesMade } from './picture.ts'
import { lampFor } from './readers.ts'

type PictureCalls =
  | 'lookAtPortrait'
  | 'takePortrait'
  | 'acceptPortrait'
  | 'compareWithChip'
  | 'judgePortrait'
  | 'lookAtPage'
  | 'takePage'
  | 'readPage'
  | 'setLamp'

/** Calls about portraits and papers. Looking, cutting and reading happen in the device process. */
export function pictureHandlers(workplace: () => Workplace): Pick<Handlers, PictureCalls> {
  const apply = (event: Parameters<Workplace['desk']['apply']>[0]) => {
    workplace().desk.apply(event, 'officer')
    return {}
  }
  return {
    lookAtPortrait: async ({ frame }) => {
      const { host, hints } = workplace()
      const hint = hints.portrait()
      const look = await host.call('portrait.look', { frame })
      hint(look.findings)
      return look
    },
    takePortrait: ({ picture, because }) =>
      applyKept(workplace(), async (store) => {
        const original = await keepPicture(store, picture)
        const made = await workplace().host.call('portrait.make', { picture })
        return {
          type: 'portraitTaken',
          picture: await keepPicture(store, made.portrait, mostBytesMade),
          original,
          findings: made.findings.map(({ check, value }) => ({ check, value })),
          ...(because !== undefined && { because: tidyText(because) }),
        }
      }),
    acceptPortrait: ({ name, because }) => apply({ type: 'portraitAccepted', name, because: tidyText(because) }),
    compareWithChip: async () => {
      const { desk, store, host } = workplace()
      const { portrait, chip } = desk.open().state
      if (!portrait || !chip?.portrait) throw new AppError('EVENT_NOT_ALLOWED', 'portrait.compare')
      const [one, other] = await Promise.all([store.getBlob(portrait), store.getBlob(chip.portrait)])
      const { likeness } = await host.call('portrait.compare', { one, other })
      return { likeness }
    },
    judgePortrait: (judged) => apply({ type: 'portraitJudged', ...judged }),
    lookAtPage: ({ frame }) => workplace().host.call('page.look', { frame }),
    takePage: ({ picture, kind, colour, turn, page }) =>
      applyKept(workplace(), async (store) => {
        inspectPicture(picture)
        const made = await workplace().host.call('page.make', { picture, colour, turn })
        const original = await keepPicture(store, made.original, mostBytesMade)
        const view = await keepPicture(store, made.view, mostBytesMade)
        return {
          type: 'documentTaken',
          kind,
          picture: view,
          original,
          colour,
          turn,
          ...(page !== undefined && { page }),
        }
      }),
    readPage: async ({ name, wanted }) => {
      const { desk, store, host } = workplace()
      const document = desk.open().state.documents.find(({ picture }) => picture.name === name)
      if (!document) throw new AppError('EVENT_NOT_ALLOWED', 'page.read')
      // A code is read from the pixels as they were taken, text from the page that lies flat.
      const source = wanted === 'codes' ? (document.original ?? document.picture) : document.picture
      return host.call('page.read', { picture: await store.getBlob(source), wanted })
    },
    setLamp: async ({ brightness }) => {
      const { host, devices } = workplace()
      await host.call('camera.lamp', { device: lampFor(devices()), brightness })
      return {}
    },
  }
}
