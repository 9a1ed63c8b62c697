import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { keystore, setUpStation, type Station, type TestDesk } from '../../support/desk.ts'
import { loThiMau } from '../../support/invented.ts'

let station: Station
beforeAll(async () => {
  station = await setUpStation()
})
afterAll(() => station.close())

/** What the officer's window is told when a scanner reads this. */
async function scan(desk: TestDesk, text: string) {
  const before = desk.told.length
  desk.host.emit('codeScanned', { device: 'scanner', text })
  await vi.waitFor(() => expect(desk.told.slice(before).map(({ name }) => name)).toContain('codeScanned'))
  return desk.last('codeScanned')
}

describe('a code that a scanner reads', () => {
  test('goes into the open dossier as if the officer had given it', async () => {
    const desk = await station.sitDown()
    await desk.ask('openDossier', {})
    expect(await scan(desk, `]Q1${loThiMau.qr}\r\n`)).toEqual({ device: 'scanner', found: 'qr' })
    expect(desk.view().state.qr?.details.personalNumber).toBe(loThiMau.personalNumber)
    expect(await scan(desk, loThiMau.mrz.join('\n'))).toEqual({ device: 'scanner', found: 'mrz' })
    expect(desk.view().state.mrz).toEqual(loThiMau.mrz)
  })

  test('opens no dossier between citizens, and shows nothing of the card', async () => {
    const desk = await station.sitDown()
    expect(await scan(desk, loThiMau.qr)).toEqual({ device: 'scanner', found: 'none', problem: 'DOSSIER_MISSING' })
    expect(await desk.ask('currentDossier', {})).toBeNull()
    expect(await desk.ask('listDossiers', {})).toEqual([])
  })

  test.each([
    'https://example.invalid/?a=1',
    '<script>alert(1)</script>',
    'javascript:alert(1)',
    'WIFI:S:quay;;',
    '8934563138165',
  ])('is told as text when it is %s, and changes nothing', async (text) => {
    const desk = await station.sitDown()
    await desk.ask('openDossier', {})
    const { state } = desk.view()
    expect(await scan(desk, text)).toEqual({ device: 'scanner', found: 'none', problem: 'QR_FORMAT', text })
    expect(desk.view().state).toEqual(state)
  })

  test('is cut to a thousand characters when it is a stranger’s, with nothing invisible in it', async () => {
    const desk = await station.sitDown()
    await desk.ask('openDossier', {})
    const told = await scan(desk, `\u202egnp.exe\u0000${'x'.repeat(5000)}`)
    expect(told).toMatchObject({ problem: 'QR_FORMAT' })
    expect((told as { text: string }).text).toHaveLength(1000)
    expect((told as { text: string }).text).toMatch(/^gnp\.exe x+$/u)
  })

  test('is not even looked at while the station is locked', async () => {
    const desk = await station.sitDown({ keystore: { ...keystore, available: () => false } })
    expect((await desk.ask('station', {})).phase).toBe('locked')
    const told = await scan(desk, 'https://example.invalid')
    expect(told).toEqual({ device: 'scanner', found: 'none', problem: 'STATION_LOCKED' })
  })
})
