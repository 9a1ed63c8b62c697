import { UsageError } from './command-line.ts'
import { AppError } from '#domain/failure/index.ts'

const longest = 1024
export const passphraseWanted = 'the passphrase is wanted: in QCC_PASSPHRASE, or at a terminal'

/** Whether there is one, or somebody to ask. */
export function passphraseComes(): boolean {
  return (process.env.QCC_PASSPHRASE ?? '') !== '' || process.stdin.isTTY
}

/** The station's passphrase: QCC_PASSPHRASE, else asked at the terminal without an echo. Throws UsageError, CANCELLED. */
export async function askPassphrase(signal: AbortSignal): Promise<string> {
  const given = process.env.QCC_PASSPHRASE
  if (given !== undefined && given !== '') return given
  const { stdin } = process
  if (!stdin.isTTY) throw new UsageError(passphraseWanted)
  process.stderr.write('Passphrase of the station: ')
  stdin.setEncoding('utf8').setRawMode(true)
  try {
    return await typed(signal)
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    process.stderr.write('\n')
  }
}

function typed(signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const stop = () => finish(() => reject(new AppError('CANCELLED', 'desk.passphrase')))
    const finish = (settle: () => void) => {
      process.stdin.off('data', listen)
      signal.removeEventListener('abort', stop)
      settle()
    }
    const listen = (typedNow: string) => {
      for (const character of typedNow) {
        if (character === '\r' || character === '\n') return finish(() => resolve(text))
        // In raw mode ^C and ^D come as characters.
        if (character === '\u0003' || character === '\u0004') return stop()
        if (character === '\u007F' || character === '\b') text = Array.from(text).slice(0, -1).join('')
        else if (text.length < longest) text += character
      }
    }
    signal.addEventListener('abort', stop, { once: true })
    process.stdin.on('data', listen)
  })
}
