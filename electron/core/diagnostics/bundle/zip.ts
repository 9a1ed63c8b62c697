import { setImmediate } from 'node:timers/promises'
import { Zip, ZipDeflate } from 'fflate/browser'

/** What is compressed before others have their turn: some ten milliseconds. Bytes. */
const piece = 262_144

/** One ZIP of some files, in order. Windows go on answering meanwhile. */
export async function zipped(
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
  at: Date,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let failure: unknown
  const zip = new Zip((error, part) => {
    failure ??= error
    parts.push(part)
  })
  for (const { path, bytes } of files) {
    const file = new ZipDeflate(path, { level: 6 })
    file.mtime = zipTime(at)
    zip.add(file)
    for (let from = 0; from === 0 || from < bytes.length; from += piece) {
      file.push(bytes.subarray(from, from + piece), from + piece >= bytes.length)
      await setImmediate()
    }
  }
  zip.end()
  // oxlint-disable-next-line typescript/only-throw-error -- the library's own error
  if (failure) throw failure
  return Buffer.concat(parts)
}

/** A ZIP knows the years 1980 to 2099; a clock without a battery does not. */
function zipTime(at: Date): Date {
  const year = at.getFullYear()
  return year >= 1981 && year < 2099 ? at : new Date(2000, 0, 1)
}
