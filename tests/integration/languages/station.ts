import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { LanguageView } from '#contract/index.ts'
import { openLanguages, type Languages } from '#core/languages/index.ts'
import { makeStationIdentity, type StationIdentity } from '#core/seal/index.ts'
import type { SealKit } from '#core/station/index.ts'
import { openStore, type Store } from '#core/store/index.ts'
import { inventedRecording } from '../../unit/core/languages/invented-recording.ts'

export const thai = 'blt-Tavt'
/** Words of nobody: what stands in a pack is not for the program to judge. */
export const inventedText = 'ꪠꪴ ꪹꪎꪸ ꪀꪱ'

export type TestStation = Languages & {
  readonly root: string
  readonly dataFolder: string
  readonly store: Store
  readonly identity: StationIdentity
  readonly kit: SealKit
  readonly told: LanguageView[][]
  view(id?: string): LanguageView
  say(key: string, seed?: number, language?: string): Promise<unknown>
  write(key: string, text?: string): Promise<unknown>
  words(id?: string): { readonly texts: Readonly<Record<string, string>>; readonly recordings: readonly string[] }
  play(key: string, language?: string): Promise<Buffer | undefined>
  /** The same disk after the program was started again. */
  again(): Promise<TestStation>
}

type WhenDone = (clean: () => void | Promise<void>) => void

const whenTestDone: WhenDone = (clean) => onTestFinished(clean)

export function temporaryRoot(whenDone = whenTestDone): string {
  const root = mkdtempSync(join(tmpdir(), 'qcc-languages-'))
  whenDone(() => rmSync(root, { recursive: true, force: true }))
  return root
}

export function testStation(
  code = 'SL-0312',
  name = 'Công an xã Thử, Nghiệm',
  {
    whenDone = whenTestDone,
    root = temporaryRoot(whenDone),
    identity = makeStationIdentity(code, name),
    missedAfter = 60_000,
  } = {},
): TestStation {
  const dataFolder = join(root, code)
  mkdirSync(dataFolder, { recursive: true })
  const clock = () => new Date('2026-11-22T03:00:00.000Z')
  const store = openStore({ folder: join(dataFolder, 'station'), key: new Uint8Array(32).fill(7), clock })
  store.setSetting('station.certificate', identity.certificatePem)
  const kit: SealKit = {
    station: { code, name },
    stationKey: identity.privateKeyPkcs8,
    stationCertificate: identity.certificatePem,
    receiverCertificatePem: '',
  }
  const told: LanguageView[][] = []
  const languages = openLanguages({ dataFolder, clock, missedAfter, onChange: (all) => told.push([...all]) })
  languages.open(store, () => kit)
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    await languages.close()
    store.close()
  }
  whenDone(close)
  const { handlers } = languages
  return {
    ...languages,
    root,
    dataFolder,
    store,
    identity,
    kit,
    told,
    close,
    view: (id = thai) => (handlers.languages({}) as readonly LanguageView[]).find((each) => each.id === id)!,
    say: async (key, seed = 1, language = thai) =>
      handlers.saveRecording({ language, key, audio: inventedRecording(seed), seconds: 1.2 }),
    write: async (key, text = inventedText) => handlers.saveSentenceText({ language: thai, key, text }),
    words: (id = thai) => handlers.languageWords({ language: id }) as ReturnType<TestStation['words']>,
    async play(key, language = thai) {
      const sound = await languages.sound(`${language}/${key}`)
      return sound && Buffer.from(sound.bytes)
    },
    async again() {
      await close()
      return testStation(code, name, { whenDone, root, identity, missedAfter })
    },
  }
}
