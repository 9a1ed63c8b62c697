import { isAbsolute, join } from 'node:path'
import type { Handlers } from '#core/answer.ts'
import { makeFolder, writeDurably } from '#core/store/durable-file.ts'
import { AppError } from '#domain/failure/index.ts'
import { dropFile, fontFile, writeFacts } from './at-rest.ts'
import { isWritten } from './bundled.ts'
import { inspectFont, mostFontBytes, mostFonts, tidyFontName, unusable } from './font.ts'
import { changed } from './pack.ts'
import { readOwnFile, TooLarge } from './read-file.ts'
import type { openShelf } from './shelf.ts'

/** Fonts of this station's own packs. */
export function fontHandlers({
  home,
  shelf,
  opened,
}: {
  readonly home: string
  readonly shelf: Pick<ReturnType<typeof openShelf>, 'pack' | 'inTurn' | 'unreview' | 'show'>
  /** Throws STATION_LOCKED. */
  readonly opened: (step: string) => void
}): Pick<Handlers, 'addFont' | 'dropFont'> {
  const { pack, inTurn, unreview, show } = shelf

  return {
    addFont({ language, file }) {
      const step = 'language.font'
      opened(step)
      pack(language, step)
      if (isWritten(language)) throw new AppError('BAD_REQUEST', step)
      return inTurn(step, async () => {
        const name = tidyFontName(file)
        if (name === undefined) throw unusable('name')
        const bytes = await readFont(file)
        inspectFont(bytes)
        const names = [...new Set([...pack(language, step).fonts, name])].toSorted()
        if (names.length > mostFonts) throw unusable('too-many')
        const before = await unreview(language, step)
        await makeFolder(join(home, language, 'fonts'), step)
        await writeDurably(fontFile(home, language, name), [bytes], step)
        const next = changed(before, { fonts: names })
        await writeFacts(join(home, language), next, step)
        show(next)
        return {}
      })
    },

    dropFont({ language, name }) {
      const step = 'language.font'
      opened(step)
      if (!pack(language, step).fonts.includes(name)) throw new AppError('BAD_REQUEST', step)
      return inTurn(step, async () => {
        const before = await unreview(language, step)
        await dropFile(fontFile(home, language, name))
        const next = changed(before, { fonts: before.fonts.filter((each) => each !== name) })
        await writeFacts(join(home, language), next, step)
        show(next)
        return {}
      })
    },
  }
}

async function readFont(file: string): Promise<Uint8Array> {
  if (!isAbsolute(file)) throw unusable('unreadable')
  try {
    return await readOwnFile(file, mostFontBytes)
  } catch (error) {
    throw unusable(error instanceof TooLarge ? 'too-large' : 'unreadable')
  }
}
