import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, renameSync } from 'node:fs'
import { createServer } from 'node:net'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { hurriedEntry, watchedHost } from '../../integration/host/live-host.ts'

const patient = { timeout: 60_000 }

/** Ids of the processes that this one has started. */
const children = () => readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ')
/** What a process has open. */
const openIn = (pid: string) =>
  readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`)]
    } catch {
      // It was closed meanwhile.
      return []
    }
  })
const portsOf = (pid: string) => openIn(pid).filter((path) => /^\/dev\/pts\/\d+$/u.test(path))

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'many-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

/** A real device process, a little hurried, that takes the links of `ports` for what is plugged in. */
function hostAt(ports: string) {
  const before = new Set(children())
  const live = watchedHost({
    entry: hurriedEntry,
    env: { QCC_DEVELOPMENT_PORTS: ports },
  })
  onTestFinished(() => live.host.close())
  return { ...live, pid: () => children().find((each) => !before.has(each)) ?? '' }
}

/** Two ports for each, with nothing behind them. */
async function plugIn(dir: string, pairs: number): Promise<readonly string[]> {
  const names = Array.from({ length: 2 * pairs }, (_, at) => join(dir, `port-${String(at).padStart(2, '0')}`))
  for (let at = 0; at < names.length; at += 2) {
    const ends = names.slice(at, at + 2).map((link) => `pty,raw,echo=0,link=${link}`)
    const socat = spawn('socat', ends, { stdio: 'ignore' })
    const over = new Promise((resolve) => socat.once('exit', resolve))
    onTestFinished(async () => {
      socat.kill()
      await over
    })
  }
  await vi.waitFor(() => expect(names.every((name) => existsSync(name))).toBe(true), patient)
  return names
}

it('sixty serial ports are listed and one of them is asked, and no other is opened for it', async () => {
  const dir = await folder()
  const names = await plugIn(dir, 30)
  const { host, events, states, pid } = hostAt(dir)

  const all = await host.call('devices.discover', {})
  expect(all.filter(({ product }) => product === 'simulated').map(({ address }) => address)).toEqual(names)
  expect(all.some(({ boundTo }) => boundTo !== undefined)).toBe(false)
  expect(portsOf(pid())).toEqual([])

  const seen = new Set<string>()
  const watching = setInterval(() => portsOf(pid()).forEach((path) => seen.add(path)), 5)
  try {
    const asked = all.find(({ address }) => address === names[7])!
    expect(
      (await host.call('devices.probe', { key: asked.key })).proposals.map(({ because }) => because),
    ).not.toContain('answers')
  } finally {
    clearInterval(watching)
  }
  expect(seen.size).toBe(1)
  expect(portsOf(pid())).toEqual([])
  expect(events.length).toBeLessThan(20)
  expect(states).toEqual(['running'])
})

it('a port that comes and goes hundreds of times is told in few words, and the list is right at the end', async () => {
  const dir = await folder()
  const [name = ''] = await plugIn(dir, 1)
  const away = `${await folder()}/away`
  const { host, events, states, pid } = hostAt(dir)
  const has = async () => (await host.call('devices.discover', {})).some(({ address }) => address === name)
  expect(await has()).toBe(true)
  const before = openIn(pid()).length

  for (let time = 0; time < 200; time++) {
    renameSync(name, away)
    if (time % 20 === 0) expect(await has()).toBe(false)
    renameSync(away, name)
    if (time % 20 === 0) expect(await has()).toBe(true)
  }
  expect(await has()).toBe(true)
  const told = () => events.flatMap((event) => (event.name === 'pluggedInChanged' ? [event.data] : []))
  await vi.waitFor(() => {
    const last = told().at(-1)
    expect(last === undefined || last.some(({ address }) => address === name)).toBe(true)
  }, patient)
  expect(told().length).toBeLessThan(30)
  expect(openIn(pid()).length).toBeLessThan(before + 8)
  expect(states).toEqual(['running'])
})

it('a device whose line ends as often as it is opened is opened less often, is told as such, and leaves nothing open', async () => {
  const dir = await folder()
  await mkdir(join(dir, 'ports'))
  const address = join(dir, 'button')
  let opened = 0
  const enough = Promise.withResolvers<void>()
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.destroy()
    if (++opened === 8) enough.resolve()
  })
  await new Promise<void>((resolve) => server.listen(address, resolve))
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())))
  const { host, events, states, pid } = hostAt(join(dir, 'ports'))
  await host.call('devices.list', {})
  const before = openIn(pid()).length

  const button = { id: 'button', kind: 'document-camera', driver: 'hid-button', transport: 'socket', address } as const
  await host.call('devices.bind', { bindings: [button] })
  await enough.promise
  const { found } = await host.call('device.check', { attempt: 'one', device: 'button' })
  expect(found[0]?.cause).toBe('comes-and-goes')

  const changes = events.filter(({ name }) => name === 'deviceChanged')
  expect(changes.length).toBeGreaterThan(2)
  expect(changes.length).toBeLessThan(100)
  await vi.waitFor(() => expect(openIn(pid()).length).toBeLessThan(before + 8), patient)
  expect(states).toEqual(['running'])
})
