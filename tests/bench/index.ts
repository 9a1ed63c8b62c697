import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { chipApdus } from './chip-apdus.ts'
import { chipCryptography } from './chip-cryptography.ts'
import { chipOwnTime } from './chip-own-time.ts'
import { chipRead } from './chip-read.ts'
import { fingerSeeing } from './finger-seeing.ts'
import { fingerTransfer } from './finger-transfer.ts'
import type { Figure } from './figure.ts'
import { papers } from './papers.ts'
import { minutiae } from './minutiae.ts'
import { portrait } from './portrait.ts'
import { programTime } from './program-time.ts'
import { sealing } from './sealing.ts'
import { startUp } from './start-up.ts'

const benches = [
  sealing,
  chipRead,
  chipOwnTime,
  chipApdus,
  chipCryptography,
  fingerTransfer,
  fingerSeeing,
  minutiae,
  portrait,
  startUp,
  programTime,
  papers,
]
const figures: Figure[] = []
for (const bench of benches) {
  for (const figure of await bench()) {
    figures.push(figure)
    const { wanted } = figure
    const met = wanted === undefined || (figure.better === 'lower' ? figure.ratio <= wanted : figure.ratio >= wanted)
    const limit = wanted === undefined ? 'as it is' : `${figure.better === 'lower' ? '≤' : '≥'} ${wanted}`
    console.log(
      `${wanted === undefined ? '·' : met ? '✓' : '✗'} ${figure.ratio.toFixed(3).padStart(8)} (${limit})  ${figure.name}: ${figure.ours} / ${figure.beside}`,
    )
  }
}
const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
}
mkdirSync('artifacts', { recursive: true })
writeFileSync('artifacts/bench.json', `${JSON.stringify({ machine, figures }, null, 2)}\n`)
console.log(
  `\n${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Node ${machine.node}; written to artifacts/bench.json`,
)
