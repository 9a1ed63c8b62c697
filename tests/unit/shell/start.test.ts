import { resolve } from 'node:path'
import { programArguments } from '#electron/shell/arguments.ts'
import { forkDeviceHost } from '#electron/shell/device-host.ts'
import { systemKeystore } from '#electron/shell/keystore.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { app, forks, resetElectron, safeStorage } from '../../support/fake-electron.ts'

beforeEach(resetElectron)

describe('the command line', () => {
  test('without options leaves every folder to the system and opens the usual two windows', () => {
    expect(programArguments([])).toEqual({ oneScreen: false, technician: false })
  })

  test('names data folder and devices with a space or an equals sign between', () => {
    const wanted = { data: '/tmp/a b', devices: '/tmp/devices.json', oneScreen: true, technician: true }
    expect(
      programArguments(['--data', '/tmp/a b', '--devices', '/tmp/devices.json', '--one-screen', '--technician']),
    ).toEqual(wanted)
    expect(
      programArguments(['--technician', '--one-screen', '--devices=/tmp/devices.json', '--data=/tmp/a b']),
    ).toEqual(wanted)
  })

  test('counts a folder from where the program was started', () => {
    expect(programArguments(['--data', 'here', '--devices=./d.json'])).toMatchObject({
      data: resolve('here'),
      devices: resolve('d.json'),
    })
  })

  test('lets switches of Electron and Chromium pass by', () => {
    const switches = ['.', '--no-sandbox', '--remote-debugging-port=0', '--enable-features=A,B', '-v', '--', 'rest']
    expect(programArguments(['--data=/tmp/x', ...switches])).toEqual({
      data: '/tmp/x',
      oneScreen: false,
      technician: false,
    })
  })

  test.each(['--data', '--data --technician', '--data='])('takes %j for no folder at all', (line) => {
    expect(programArguments(line.split(' '))).not.toHaveProperty('data')
  })

  test('ignores a value where none belongs', () => {
    expect(programArguments(['--one-screen=yes', '--technician=1'])).toEqual({ oneScreen: false, technician: false })
  })
})

describe('the device process', () => {
  test.each([
    { packaged: false, sockets: false, entry: 'device-host.js' },
    { packaged: false, sockets: true, entry: 'device-host-development.js' },
    { packaged: true, sockets: false, entry: 'device-host.js' },
    { packaged: true, sockets: true, entry: 'device-host.js' },
  ])('packaged $packaged, sockets asked for $sockets: $entry', ({ packaged, sockets, entry }) => {
    app.isPackaged = packaged
    forkDeviceHost('/program/out/main', { sockets })
    expect(forks.map((fork) => fork.entry)).toEqual([`/program/out/main/${entry}`])
  })

  test('gets requests, gives messages, tells its end once, and can be ended', () => {
    const host = forkDeviceHost('/program/out/main', { sockets: false })
    const child = forks[0]?.child
    const messages: unknown[] = []
    const ends: unknown[] = []
    host.onMessage((message) => messages.push(message))
    host.onExit((code) => ends.push(code))
    host.send({ type: 'ping', id: 1 })
    child?.emit('message', { type: 'pong', id: 1 })
    host.kill()
    child?.emit('exit', 9)
    child?.emit('exit', 9)
    expect(child?.posted).toEqual([{ type: 'ping', id: 1 }])
    expect(messages).toEqual([{ type: 'pong', id: 1 }])
    expect([child?.kills, ends]).toEqual([1, [9]])
  })
})

describe("the system's keystore", () => {
  const linux = process.platform === 'linux'

  test('gives back the key it protected, and does not show it', () => {
    const key = Uint8Array.from({ length: 32 }, (_, at) => at * 7)
    const keystore = systemKeystore()
    const kept = keystore?.protect(key) ?? new Uint8Array()
    expect(keystore?.available()).toBe(true)
    expect(Buffer.from(kept).includes(Buffer.from(key))).toBe(false)
    expect(new Uint8Array(keystore?.unprotect(kept) ?? [])).toEqual(key)
  })

  test('is not used where there is none', () => {
    safeStorage.available = false
    expect(systemKeystore()).toBeUndefined()
  })

  test.runIf(linux)('is refused where it would keep the key under a password that everyone knows', () => {
    safeStorage.backend = 'basic_text'
    expect(systemKeystore()).toBeUndefined()
  })

  test.runIf(linux)('is used with a secret service behind it', () => {
    for (const backend of ['gnome_libsecret', 'kwallet5', 'kwallet6']) {
      safeStorage.backend = backend
      expect(systemKeystore(), backend).toBeDefined()
    }
  })
})
