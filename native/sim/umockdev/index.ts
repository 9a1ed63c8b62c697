import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { reportDescriptor, testIds } from '#native/drivers/hid-image/usb.ts'

/** Debian's own Python: the one that has the bindings of umockdev. */
const PYTHON = '/usr/bin/python3'
const WRAPPER = 'umockdev-wrapper'

export type ChildOutcome = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/**
 * Runs a command in a world where a HID slap scanner is plugged in as 1209:0001, /dev/hidraw0. The other end of the
 * scanner is the simulator at the Unix socket. Needs Debian's umockdev, gir1.2-umockdev-1.0 and python3-gi.
 */
export async function runWithHidImage(options: {
  readonly socket: string
  readonly command: readonly string[]
  readonly signal: AbortSignal
}): Promise<ChildOutcome> {
  const spec = {
    socket: options.socket,
    ...testIds,
    name: 'Simulated slap scanner',
    descriptor: Buffer.from(reportDescriptor).toString('hex'),
  }
  const script = fileURLToPath(new URL('testbed.py', import.meta.url))
  const child = spawn(WRAPPER, [PYTHON, script, JSON.stringify(spec), ...options.command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = () => child.kill('SIGTERM')
  options.signal.addEventListener('abort', end, { once: true })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    return { code, stdout, stderr }
  } finally {
    options.signal.removeEventListener('abort', end)
  }
}
