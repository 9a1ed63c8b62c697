import { spawn } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { SerialPort } from 'serialport'

/** The device's end of a serial line whose other end lies at `address` for any program to open. */
export type DeviceLine = {
  readonly address: string
  write(bytes: Uint8Array): Promise<void>
  onData(listener: (bytes: Uint8Array) => void): void
  /** Pulls the plug: the line ends for both sides and `address` vanishes. Safe to call twice. */
  unplug(): Promise<void>
}

const startLimitMs = 10_000

/** A pseudo-terminal pair made by socat; our end is opened with the real serialport. Rejects when socat does not start. */
export async function openDeviceLine(linkPath: string): Promise<DeviceLine> {
  const deviceLink = `${linkPath}.device`
  const ends = [linkPath, deviceLink].map((link) => `pty,raw,echo=0,link=${link}`)
  const socat = spawn('socat', ['-d', '-d', ...ends], { stdio: ['ignore', 'ignore', 'pipe'] })
  const exited = new Promise<void>((resolve) => {
    socat.once('exit', () => resolve())
    socat.once('error', () => resolve())
  })
  await new Promise<void>((resolve, reject) => {
    let said = ''
    const limit = setTimeout(() => reject(new Error('socat did not start in time')), startLimitMs)
    socat.stderr.on('data', (text: Buffer) => {
      said = (said + text.toString()).slice(-4000)
      if (!said.includes('starting data transfer loop')) return
      clearTimeout(limit)
      resolve()
    })
    void exited.then(() => {
      clearTimeout(limit)
      reject(new Error(`socat ended: ${said.trim().split('\n').at(-1) ?? ''}`))
    })
  })

  // Held open so that a program that closes the line, or dies, does not take the device with it.
  const keeper = openSync(linkPath, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
  const port = new SerialPort({ path: deviceLink, baudRate: 115_200, autoOpen: false })
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())))
  port.on('error', () => {})

  let ending: Promise<void> | undefined
  const end = async () => {
    const closed = port.isOpen ? new Promise<void>((resolve) => port.once('close', () => resolve())) : undefined
    socat.kill()
    await exited
    closeSync(keeper)
    if (port.isOpen) port.close(() => {})
    await closed
  }

  return {
    address: linkPath,
    write: (bytes) =>
      new Promise((resolve) => {
        // A line that just ended swallows what is written, as a cable does.
        if (!port.isOpen) return resolve()
        port.write(bytes, () => resolve())
      }),
    onData(listener) {
      port.on('data', (bytes: Buffer) => listener(bytes))
    },
    unplug() {
      ending ??= end()
      return ending
    },
  }
}
