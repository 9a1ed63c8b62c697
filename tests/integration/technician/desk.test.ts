import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CheckReport } from '#domain/diagnosis/index.ts'
import { parseTraceFile } from '#native/host/traces/index.ts'
import { startHidButton } from '#native/sim/hid-button/index.ts'
import { startHidPos } from '#native/sim/hid-pos/index.ts'
import { personsMoment } from './person.ts'

// The command as a technician runs it: a process of its own, with prompts on standard error and Enter on standard input.

const root = join(import.meta.dirname, '../../..')
let folder: string
let file: string
let scanner: Awaited<ReturnType<typeof startHidPos>>
let button: Awaited<ReturnType<typeof startHidButton>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-device-'))
  file = join(folder, 'devices.json')
  scanner = await startHidPos({ address: join(folder, 'scanner') })
  button = await startHidButton({ address: join(folder, 'button') })
  const device = (id: string, kind: string, driver: string, transport: string, address: string) => ({
    id,
    kind,
    driver,
    transport,
    address,
  })
  await writeFile(
    file,
    JSON.stringify([
      device('scanner', 'code-scanner', 'hid-pos', 'socket', scanner.address),
      device('button', 'document-camera', 'hid-button', 'socket', button.address),
      device('nobody', 'card-reader', 'gempc-twin', 'serial', join(folder, 'no-such-port')),
      device('camera', 'portrait-camera', 'webcam', 'browser', 'USB Camera'),
    ]),
  )
})
afterAll(async () => {
  await Promise.all([scanner.stop(), button.stop()])
  await rm(folder, { recursive: true, force: true })
})

/** `onPrompt` is given the prompt's own word and how to press Enter. */
async function desk(args: readonly string[], onPrompt: (prompt: string, enter: () => void) => unknown = () => {}) {
  const child = spawn(process.execPath, [join(root, 'build/desk/index.ts'), 'diagnose', ...args], { cwd: folder })
  child.stdin.on('error', () => {})
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (text: Buffer) => (stdout += text.toString()))
  createInterface({ input: child.stderr }).on('line', (line) => {
    stderr += `${line}\n`
    const prompt = /\[Enter\] \(([a-z-]+)\)$/u.exec(line)?.[1]
    if (prompt) void onPrompt(prompt, () => child.stdin.write('\n'))
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, stdout, stderr }
}

const reportIn = (stdout: string) => (JSON.parse(stdout) as { value: CheckReport }).value

test('diagnose device asks for what is to be done in Vietnamese and English, and tells machines what it found', async () => {
  const prompts: string[] = []
  const trace = join(folder, 'scanner.json')
  const { code, stdout, stderr } = await desk(
    ['device', 'scanner', '--devices', file, '--trace', trace, '--json'],
    async (prompt) => {
      prompts.push(prompt)
      await personsMoment()
      await scanner.scan('A code that names nobody')
    },
  )
  expect(code).toBe(0)
  expect(reportIn(stdout)).toMatchObject({ subject: 'code-scanner', device: 'scanner', verdict: 'works', found: [] })
  expect(prompts).toEqual(['scan-a-code', 'scan-a-code'])
  expect(stderr).toContain('mã vạch hoặc mã QR')
  const kept = parseTraceFile(await readFile(trace))
  expect(kept.device.id).toBe('scanner')
  expect(kept.entries.filter((entry) => 'hex' in entry).length).toBeGreaterThan(0)
  expect(await readFile(trace, 'utf8')).not.toContain(Buffer.from('names nobody').toString('hex').toUpperCase())
}, 60_000)

test('Enter goes on where the device sees nothing, and what does not work is said with what to do', async () => {
  const takeOff = button.addFault('silence')
  try {
    const { code, stdout } = await desk(['device', 'button', '--devices', file], (_prompt, enter) => enter())
    expect(code).toBe(1)
    expect(stdout).toMatch(/^✗ Máy chụp giấy tờ button: Không/u)
    expect(stdout).toContain('(no-answer)')
  } finally {
    takeOff()
  }
}, 60_000)

test('a device that is not plugged in is found out without anybody doing anything', async () => {
  const { code, stdout } = await desk(['device', 'nobody', '--devices', file, '--json'])
  expect(code).toBe(1)
  expect(reportIn(stdout)).toMatchObject({ verdict: 'fails', found: [{ cause: 'not-plugged-in' }] })
}, 60_000)

test('which device is not guessed, and nothing is asked for before all of the command is understood', async () => {
  const several = await desk(['device', '--devices', file])
  expect(several).toMatchObject({ code: 2, stdout: '' })
  expect(several.stderr).toContain('scanner, button, nobody')
  expect(await desk(['device', 'camera', '--devices', file])).toMatchObject({ code: 2 })
  const nowhere = ['--out', join(folder, 'no-such-folder/trace.json')]
  expect(await desk(['trace', 'scanner', '--devices', file, ...nowhere])).toMatchObject({ code: 2 })
  expect(await desk(['trace', 'scanner', '--devices', file])).toMatchObject({ code: 2 })
}, 60_000)

test('diagnose trace writes what goes over the line, as one who reads it must', async () => {
  const out = join(folder, 'button.json')
  const { code, stdout } = await desk(['trace', 'button', '--devices', file, '--out', out, '--seconds', '1', '--json'])
  expect(code).toBe(0)
  const trace = parseTraceFile(await readFile(out))
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, value: { file: out, entries: trace.entries.length } })
  expect(trace.entries[0]).toMatchObject({ event: 'opened' })
}, 60_000)

test('diagnose ports is among the commands', async () => {
  const { code, stdout } = await desk(['ports', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, value: { plugged: expect.any(Array) } })
}, 60_000)
