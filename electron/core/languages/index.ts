import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { LanguageView, LanguageWords, StudioSentence } from '#contract/index.ts'
import type { Handlers } from '#core/answer.ts'
import { localDay } from '#core/enrolment/desk.ts'
import type { SigningKit } from '#core/station/index.ts'
import { writeDurably } from '#core/store/durable-file.ts'
import type { Store } from '#core/store/index.ts'
import { AppError } from '#domain/failure/index.ts'
import { dropFile, makePackFolder, recordingFile, writeFacts, writeTexts } from './at-rest.ts'
import { isWritten, sentenceKeys, sentences } from './bundled.ts'
import { exportPack } from './export-pack.ts'
import { fontHandlers } from './font-acts.ts'
import { importPack, refuseChanged } from './import-pack.ts'
import { tooLarge } from './manifest.ts'
import { readPack, viewOfFound, type FoundPack } from './pack-source.ts'
import { openMissed } from './missed.ts'
import { changed, emptyPack, inSentenceOrder, withKey, type Pack } from './pack.ts'
import { isPlainText } from './plain-text.ts'
import { inspectRecording } from './recording.ts'
import { openShelf } from './shelf.ts'
import { knownSigners, ownFingerprint, rememberSigner } from './signers.ts'

export type Languages = {
  readonly handlers: Pick<
    Handlers,
    | 'languages'
    | 'languageWords'
    | 'reportMissed'
    | 'studioSentences'
    | 'saveRecording'
    | 'dropRecording'
    | 'saveSentenceText'
    | 'describeLanguage'
    | 'reviewLanguage'
    | 'exportLanguage'
    | 'inspectLanguage'
    | 'importLanguage'
    | 'addFont'
    | 'dropFont'
  >
  /** From now on recordings can be made and packs be carried. */
  open(store: Store, kit: () => SigningKit): void
  /** A recording by `<language>/<key>`. */
  sound(name: string): Promise<{ bytes: Uint8Array; mediaType: string } | undefined>
  /** A font by `<language>/<name>`. */
  font(name: string): Promise<{ bytes: Uint8Array; mediaType: string } | undefined>
  /** Everything is on the disk when it returns, or, where a pack is just being written, when it resolves. */
  close(): Promise<void>
}

type Options = {
  readonly dataFolder: string
  readonly clock: () => Date
  readonly onChange: (all: readonly LanguageView[]) => void
  /** Milliseconds between what citizens missed and its being on the disk. */
  readonly missedAfter?: number
}

/** The languages of the citizen's screen: those of the program, and what was recorded here or taken over. */
export function openLanguages({ dataFolder, clock, onChange, missedAfter = 5000 }: Options): Languages {
  const home = join(dataFolder, 'languages')
  let station: { readonly store: Store; readonly kit: () => SigningKit } | undefined
  /** What the officer was shown last. */
  let inspected: FoundPack | undefined
  const shelf = openShelf({ home, onChange })
  const { known, pack, inTurn, unreview, show, readRecording, readFont } = shelf
  const missed = openMissed({
    home,
    after: missedAfter,
    inTurn: (act) => inTurn('language.missed', act),
    isBusy: shelf.isBusy,
  })

  function opened(step: string) {
    if (!station) throw new AppError('STATION_LOCKED', step)
    return station
  }

  function sentence(id: string, key: string, step: string): void {
    pack(id, step)
    if (!sentenceKeys.has(key)) throw new AppError('BAD_REQUEST', step)
  }

  const handlers: Languages['handlers'] = {
    languages: () => shelf.views(),

    languageWords({ language }): LanguageWords {
      // A dossier may have been begun in a language that is no longer here: all of it is then Vietnamese.
      const { id, direction, texts, recordings, date, fonts } = known(language) ?? emptyPack(language)
      return {
        id,
        direction,
        texts: isWritten(id) ? {} : Object.fromEntries(inSentenceOrder(texts)),
        recordings: inSentenceOrder(recordings).map(([key]) => key),
        date,
        ...(fonts.length > 0 && { fonts }),
      }
    },

    reportMissed({ language, keys }) {
      if (known(language)) missed.report(language, keys)
      return {}
    },

    studioSentences({ language }): readonly StudioSentence[] {
      opened('language.sentences')
      const { texts, recordings } = pack(language, 'language.sentences')
      const counts = missed.of(language)
      return sentences.map(({ key, vi, when }) => {
        const written = texts.get(key)
        const recording = recordings.get(key)
        return {
          key,
          vietnamese: vi,
          hint: when,
          ...(written !== undefined && { text: written }),
          ...(recording && { recording }),
          missed: counts.get(key) ?? 0,
        }
      })
    },

    saveRecording({ language, key, audio }) {
      const step = 'language.record'
      opened(step)
      sentence(language, key, step)
      const { seconds } = inspectRecording(audio)
      return inTurn(step, async () => {
        const before = await unreview(language, step)
        await writeDurably(recordingFile(home, language, key), [audio], step)
        const recording = { seconds, at: clock().toISOString() }
        const next = changed(before, { recordings: withKey(before.recordings, key, recording) })
        await writeFacts(join(home, language), next, step)
        missed.forget(language, [key])
        show(next)
        return {}
      })
    },

    dropRecording({ language, key }) {
      const step = 'language.drop'
      opened(step)
      sentence(language, key, step)
      return inTurn(step, async () => {
        const before = await unreview(language, step)
        await dropFile(recordingFile(home, language, key))
        const next = changed(before, { recordings: withKey(before.recordings, key, undefined) })
        await writeFacts(join(home, language), next, step)
        show(next)
        return {}
      })
    },

    saveSentenceText({ language, key, text }) {
      const step = 'language.text'
      opened(step)
      sentence(language, key, step)
      if (isWritten(language)) throw new AppError('BAD_REQUEST', step)
      const said = plain(text, step)
      return inTurn(step, async () => {
        const before = await unreview(language, step)
        const next = changed(before, { texts: withKey(before.texts, key, said === '' ? undefined : said) })
        await writeTexts(join(home, language), next, step)
        show(next)
        return {}
      })
    },

    describeLanguage({ language, name, date }) {
      const step = 'language.describe'
      opened(step)
      if (isWritten(language) || (!known(language) && shelf.isFull())) throw new AppError('BAD_REQUEST', step)
      if (new Set(date).size !== 3) throw new AppError('FIELD_FORMAT', step, { context: { field: 'date' } })
      const said = plain(name, step)
      return inTurn(step, async () => {
        const { name: _, ...before } = known(language) ?? emptyPack(language)
        const same = before.date.join(' ') === date.join(' ')
        const next = { ...(same ? before : changed(before, { date })), ...(said !== '' && { name: said }) }
        await makePackFolder(join(home, language), step)
        await writeFacts(join(home, language), next, step)
        show(next)
        return {}
      })
    },

    reviewLanguage({ language, by }) {
      const step = 'language.review'
      const { store } = opened(step)
      const { texts, recordings } = pack(language, step)
      const name = plain(by, step)
      if (name !== '' && texts.size + recordings.size === 0) throw new AppError('BAD_REQUEST', step)
      return inTurn(step, async () => {
        const before = changed(pack(language, step), {})
        const next: Pack = name === '' ? before : { ...before, reviewed: { by: name, on: localDay(clock()) } }
        await makePackFolder(join(home, language), step)
        await writeFacts(join(home, language), next, step)
        store.recordAct({ actor: 'officer', window: 'officer', act: 'language.review' })
        show(next)
        return {}
      })
    },

    exportLanguage({ language, folder }) {
      const step = 'language.export'
      const { store, kit } = opened(step)
      const chosen = pack(language, step)
      return inTurn(step, async () => {
        const done = await exportPack({
          pack: known(language) ?? chosen,
          recording: (key) => readRecording(language, key),
          font: (name) => readFont(language, name),
          folder,
          kit: kit(),
          now: clock(),
          day: localDay(clock()),
        })
        store.recordAct({ actor: 'officer', window: 'officer', act: 'language.export' })
        return done
      })
    },

    async inspectLanguage({ folder }) {
      const { store } = opened('language.inspect')
      const found = await readPack(folder)
      inspected = found
      return viewOfFound(found, await replacedBy(found), knownSigners(store).includes(found.signer.fingerprint))
    },

    importLanguage({ folder, fingerprint }) {
      const step = 'language.import'
      const { store } = opened(step)
      return inTurn(step, async () => {
        const { pack: taken, found } = await importPack({
          home,
          folder,
          expect(now) {
            if (now.signer.fingerprint !== fingerprint) refuseChanged()
            if (inspected?.folder === now.folder && inspected.manifestSha256 !== now.manifestSha256) refuseChanged()
            if (!known(now.manifest.language.id) && shelf.isFull()) throw tooLarge('languages')
          },
          own: (id) => known(id) ?? emptyPack(id),
          recording: readRecording,
          font: readFont,
          missed: (id) => missed.of(id),
          isOurs: ({ signer }) => signer.fingerprint === ownFingerprint(store),
          record({ signer, manifestSha256 }) {
            rememberSigner(store, signer.fingerprint)
            store.recordAct({ actor: 'officer', window: 'officer', act: `language.import ${manifestSha256}` })
          },
        })
        missed.forget(taken.id, [...found.recordings.keys()])
        show(taken)
        return { language: taken.id, recordings: found.recordings.size }
      })
    },

    ...fontHandlers({ home, shelf, opened: (step) => void opened(step) }),
  }

  /** How many recordings of this station would be others. */
  async function replacedBy(found: FoundPack): Promise<number> {
    let count = 0
    for (const [key, { sha256 }] of found.recordings) {
      const own = await readRecording(found.manifest.language.id, key)
      if (own && createHash('sha256').update(own).digest('hex') !== sha256) count++
    }
    return count
  }

  return {
    handlers,
    open(store, kit) {
      station = { store, kit }
    },
    async sound(name) {
      const [id = '', key = '', ...more] = name.split('/')
      if (more.length > 0 || !sentenceKeys.has(key)) return undefined
      const bytes = await readRecording(id, key)
      return bytes && { bytes, mediaType: 'audio/webm' }
    },
    async font(name) {
      const [id = '', font = '', ...more] = name.split('/')
      const bytes = more.length > 0 ? undefined : await readFont(id, font)
      return bytes && { bytes, mediaType: 'font/woff2' }
    },
    close() {
      station = undefined
      return missed.close()
    },
  }
}

/** NFC, on one line; '' stays. Throws FIELD_FORMAT. */
function plain(text: string, step: string): string {
  // tidyText of names would take Khmer's zero-width spaces out.
  const tidy = text.normalize('NFC').replace(/\s+/gu, ' ').trim()
  if (tidy !== '' && !isPlainText(tidy)) throw new AppError('FIELD_FORMAT', step, { context: { field: 'text' } })
  return tidy
}
