import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { makeReceiver } from './make.ts'
import { openSealed } from './open.ts'

export { makeReceiver, type Receiver } from './make.ts'
export { openSealed, type OpenedDossier } from './open.ts'

const usage = `node build/receiver/index.ts make DIR
node build/receiver/index.ts open FILE --key receiver.key [--cert receiver.pem] [--station station.pem] [--training] --out DIR`

function main(): number {
  const string = { type: 'string' } as const
  const options = { key: string, cert: string, station: string, out: string, training: { type: 'boolean' } } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const [command, target] = positionals
  const { key, cert, station, out, training = false } = values
  if (command === 'make' && target !== undefined) {
    console.log(JSON.stringify(makeReceiver(target), null, 2))
    return 0
  }
  if (command === 'open' && target !== undefined && key !== undefined && out !== undefined) {
    const certificate = cert ?? join(dirname(key), 'receiver.pem')
    const known = station === undefined ? {} : { stationCertificate: station }
    console.log(
      JSON.stringify(openSealed({ file: target, key, certificate, ...known, outFolder: out, training }), null, 2),
    )
    return 0
  }
  console.error(usage)
  return 2
}

if (import.meta.main) {
  try {
    process.exitCode = main()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
