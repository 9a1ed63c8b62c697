import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCentre } from '#core/diagnostics/centre.ts'
import { keepChecks } from '#core/diagnostics/kept-checks.ts'
import { proxyFor } from '#core/diagnostics/checks/proxy.ts'
import type { CheckReport } from '#domain/diagnosis/index.ts'
import { temporaryFolder } from '../store/fixtures.ts'

const report = (over: Partial<CheckReport>): CheckReport => ({
  subject: 'disk',
  verdict: 'works',
  found: [],
  figures: { freeMb: 900 },
  at: '2026-11-22T01:00:00.000Z',
  took: 12,
  ...over,
})

test('the last outcome of each test is kept, devices apart, also over a restart', async () => {
  const file = join(temporaryFolder(), 'checks.json')
  const kept = keepChecks(file)
  const [one, other] = ['one', 'other'].map((device) => report({ subject: 'card-reader', device })) as [
    CheckReport,
    CheckReport,
  ]
  await kept.keep([report({ figures: { freeMb: 1 } }), one])
  const again = report({ verdict: 'limits', found: [{ cause: 'disk-nearly-full', figures: { freeMb: 900 } }] })
  await Promise.all([kept.keep([other]), kept.keep([again])])
  expect(await kept.all()).toEqual([one, other, again])
  expect(await keepChecks(file).all()).toEqual([one, other, again])
})

test('a file that somebody else wrote is not believed', async () => {
  const file = join(temporaryFolder(), 'checks.json')
  for (const text of ['', '{', '[{"subject":"disk"}]', JSON.stringify([report({ verdict: 'fine' as 'works' })])]) {
    writeFileSync(file, text)
    expect(await keepChecks(file).all(), text).toEqual([])
  }
})

test('where nothing can be written the outcome is still known until the end', async () => {
  const kept = keepChecks(join(temporaryFolder(), 'gone', 'checks.json'))
  await kept.keep([report({})])
  expect(await kept.all()).toHaveLength(1)
})

test('an address of the centre is https with a host, and carries no secret', () => {
  expect(readCentre('https://centre.invalid:8443/files/').port).toBe('8443')
  for (const text of [
    'http://centre.invalid/',
    'centre.invalid',
    'https://user:secret@centre.invalid/',
    'https://centre.invalid/?key=secret',
    'https://centre.invalid/#x',
    'file:///etc/passwd',
    'https://',
  ])
    expect(() => readCentre(text), text).toThrow(expect.objectContaining({ code: 'FIELD_FORMAT' }))
})

test('the proxy of the environment is found by its usual names, unless the centre is exempt', () => {
  const centre = new URL('https://nhan.example.invalid/')
  const found = (environment: NodeJS.ProcessEnv) => proxyFor(centre, environment)?.host
  expect(found({})).toBeUndefined()
  expect(found({ https_proxy: 'http://10.0.0.1:3128' })).toBe('10.0.0.1:3128')
  expect(found({ HTTPS_PROXY: '10.0.0.1:3128' })).toBe('10.0.0.1:3128')
  expect(found({ ALL_PROXY: 'http://10.0.0.1:3128/' })).toBe('10.0.0.1:3128')
  expect(found({ https_proxy: 'socks5://10.0.0.1:1080' })).toBeUndefined()
  expect(found({ https_proxy: '%%%' })).toBeUndefined()
  for (const exempt of ['*', 'example.invalid', '.example.invalid', 'x, nhan.example.invalid'])
    expect(found({ https_proxy: 'http://10.0.0.1:3128', no_proxy: exempt }), exempt).toBeUndefined()
  expect(found({ https_proxy: 'http://10.0.0.1:3128', no_proxy: 'ample.invalid' })).toBe('10.0.0.1:3128')
})
