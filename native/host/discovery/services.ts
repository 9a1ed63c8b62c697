import { AppError } from '#domain/failure/index.ts'
import { sbiService, type Kind } from '#native/drivers/sbi/service.ts'
import { parseLoopback, type LoopbackPort } from '#native/transport/http.ts'
import type { Clock } from '../clock.ts'
import type { Found, Listing } from './found.ts'

/** MOSIP SBI: where a service may listen. */
const everywhere = '127.0.0.1:4501-4600'
const driverOf: Readonly<Record<Kind, string>> = { Finger: 'sbi', Iris: 'sbi-iris' }
const kinds = Object.keys(driverOf) as Kind[]

/** Biometric services that answer on this machine. Each is asked which kinds it has, and nothing else. */
export function serviceListing(clock: Clock, signal: AbortSignal, address = everywhere): Listing {
  async function look(at: LoopbackPort): Promise<readonly Found[]> {
    const answers: string[] = []
    for (const kind of kinds) {
      try {
        await sbiService(at, kind, clock).discover(signal)
        answers.push(driverOf[kind])
      } catch (error) {
        // Nobody listens there, or nobody who talks like this: the other kind need not be asked.
        if (error instanceof AppError && error.code === 'DEVICE_ABSENT') break
      }
    }
    if (answers.length === 0) return []
    const path = `${at.host}:${at.port}`
    return [{ key: `http:${path}`, transport: 'http', address: path, path, product: 'SBI', answers }]
  }

  return {
    transport: 'http',
    onDemand: true,
    list: async () => (await Promise.all(parseLoopback(address).map(look))).flat(),
  }
}
