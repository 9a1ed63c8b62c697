import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { LessonId } from '#domain/training/index.ts'
import type { Rehearsal } from './rehearsal.ts'

/** A training program that is set up, for the tests of a file; ask for it inside of them. */
export function lessonDesk(start: (dataFolder: string) => Promise<Rehearsal>) {
  let folder = ''
  let desk: Rehearsal

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'qcc-lessons-'))
    desk = await start(join(folder, 'data'))
    await desk.ask('setUpStation', {
      code: 'LT-0000',
      name: 'Quầy tập',
      passphrase: 'mua nep nuong tren doi',
      receiverCertificate: '',
    })
  }, 60_000)

  afterAll(() => {
    desk.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A visit that failed is not in the way of the next. */
  afterEach(async () => {
    await desk.codeOf('abandonDossier', { reason: 'bỏ dở' })
    await desk.codeOf('closeDossier', {})
  })

  return {
    desk: () => desk,
    usb: () => join(folder, 'usb'),
    best: async (lesson: LessonId) => (await desk.ask('lessons', {})).find((each) => each.lesson === lesson)?.best,
  }
}
