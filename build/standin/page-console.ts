import type { Json } from './cdp-pipe.ts'
import { emitEvent } from './events.ts'
import { fromChromium } from './urls.ts'
import type { WebContents } from './web-contents.ts'

type Level = Electron.WebContentsConsoleMessageEventParams['level']
type Remote = { value?: unknown; description?: string; unserializableValue?: string; type: string }

const levels: Record<string, Level> = {
  warning: 'warning',
  error: 'error',
  assert: 'error',
  debug: 'debug',
  verbose: 'debug',
}

function textOf({ type, value, unserializableValue, description }: Remote): string {
  if (typeof value === 'string') return value
  return unserializableValue ?? description ?? (value === undefined ? type : JSON.stringify(value))
}

/** Emits 'console-message' for what a page writes, throws, or is told by Chromium (a refused request, a broken CSP). */
export function listenToConsole(
  contents: WebContents,
  on: (method: string, listener: (params: Json) => void) => void,
): void {
  const say = (level: Level, message: string, lineNumber: number, sourceId: string): void => {
    const details = { level, message, lineNumber, sourceId: fromChromium(sourceId), frame: contents.mainFrame }
    emitEvent(contents, 'console-message', details)
  }
  on('Runtime.consoleAPICalled', (params) => {
    const { type, args, stackTrace } = params as unknown as {
      type: string
      args: Remote[]
      stackTrace?: { callFrames: { url: string; lineNumber: number }[] }
    }
    const text = args.map(textOf).join(' ')
    const frame = stackTrace?.callFrames[0]
    say(levels[type] ?? 'info', text, (frame?.lineNumber ?? -1) + 1, frame?.url ?? '')
  })
  on('Runtime.exceptionThrown', (params) => {
    const { text, url, lineNumber, exception } = params['exceptionDetails'] as {
      text: string
      url?: string
      lineNumber: number
      exception?: Remote
    }
    say('error', `${text} ${exception ? textOf(exception) : ''}`.trim(), lineNumber + 1, url ?? '')
  })
  on('Log.entryAdded', (params) => {
    const entry = params['entry'] as { level: string; text: string; url?: string; lineNumber?: number }
    say(levels[entry.level] ?? 'info', entry.text, (entry.lineNumber ?? -1) + 1, entry.url ?? '')
  })
}
