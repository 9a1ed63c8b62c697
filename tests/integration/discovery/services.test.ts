import { afterEach, expect, it } from 'vitest'
import { systemClock } from '#native/host/clock.ts'
import { serviceListing } from '#native/host/discovery/services.ts'
import { startSbi, type SbiSimulator } from '#native/sim/sbi/index.ts'

const running: SbiSimulator[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.stop()))
})
const start = async (...options: Parameters<typeof startSbi>) => {
  const service = await startSbi(...options)
  running.push(service)
  return service
}
const patient = new AbortController().signal
/** Only the ports of this test: other tests count what their services are asked. */
const listed = async (...services: readonly SbiSimulator[]) => {
  const found = await Promise.all(services.map(({ address }) => serviceListing(systemClock, patient, address).list()))
  return found.flat().map(({ address, answers }) => ({ address, answers }))
}

it('biometric services on this machine are found by what they answer, and asked for nothing else', async () => {
  const fingers = await start({ kind: 'Finger' })
  const eyes = await start({ kind: 'Iris' })
  expect(await listed(fingers, eyes)).toEqual([
    { address: fingers.address, answers: ['sbi'] },
    { address: eyes.address, answers: ['sbi-iris'] },
  ])
  const verbs = [...fingers.requests(), ...eyes.requests()].map(({ method }) => method)
  expect(new Set(verbs).size).toBeGreaterThan(0)
  expect(verbs.filter((verb) => !verb.endsWith('DISC'))).toEqual([])
})

it('a service that has gone is not found any more', async () => {
  const service = await start({ kind: 'Finger' })
  expect(await listed(service)).toHaveLength(1)
  await running.pop()?.stop()
  expect(await listed(service)).toEqual([])
})
