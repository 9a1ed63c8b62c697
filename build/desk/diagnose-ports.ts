import { AppError } from '#domain/failure/index.ts'
import type { PluggedIn } from '#native/capability/checks.ts'
import { given, readWords } from './command-line.ts'
import type { Command } from './index.ts'
import { failureText } from './failure-text.ts'
import { withHost } from './with-host.ts'

/**
 * What is plugged in, whether a device of the station or not: `[--services] [--probe KEY]`. `--services` looks for
 * biometric services on this machine as well; `--probe` asks the device of that key which driver it understands.
 */
export const diagnosePorts: Command = async (args, signal) => {
  const words = readWords(args, ['probe'], ['services'])
  const key = given(words, 'probe')
  return withHost(async (host) => {
    const services = words['services'] === true
    const plugged = await host.call('devices.discover', services ? { services } : {}, signal)
    const missing = await host.call('devices.unlisted', {}, signal)
    if (key !== undefined) {
      const { proposals } = await host.call('devices.probe', { key }, signal)
      const text = proposals.length === 0 ? [`${key}  -`] : [`${key}  ${proposalText(proposals)}`]
      return { value: { key, proposals }, text }
    }
    const problems = await Promise.all(
      missing.map(async ({ transport, problem }) => {
        const sentences = await failureText(new AppError(problem, `devices.discover/${transport}`).toFailure())
        return sentences.join('\n')
      }),
    )
    return { value: { plugged, missing }, text: [...plugged.flatMap(lines), ...problems] }
  })
}

function lines(one: PluggedIn): readonly string[] {
  const ids = one.vendorId === undefined ? '' : `${one.vendorId}:${one.productId ?? '????'}`
  const name = [one.manufacturer, one.product].filter(Boolean).join(' ')
  const serial = one.serialNumber === undefined ? '' : `#${one.serialNumber}${one.twin ? ' (!)' : ''}`
  const first = [one.key, ids, name, serial, one.systemDriver ?? '', one.boundTo ? `→ ${one.boundTo}` : '']
  return [first.filter((part) => part !== '').join('  '), `    ${one.since}  ${proposalText(one.proposals)}`]
}

function proposalText(proposals: PluggedIn['proposals']): string {
  return proposals.map(({ driver, because }) => `${driver} (${because})`).join(', ') || '-'
}
