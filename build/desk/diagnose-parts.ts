import { join } from 'node:path'
import { vaultExists } from '#core/access/index.ts'
import { runProgram } from '#core/diagnostics/checks/run-program.ts'
import { systemDisplays, systemPrinters, type Connector } from '#core/diagnostics/parts/system-list.ts'
import { lookAtKeystore, lookForTpm } from '#core/diagnostics/parts/system-parts.ts'
import { given, readWords } from './command-line.ts'
import type { Command } from './index.ts'

/**
 * Displays, printers, TPM and keystore by what the system tells without windows: `[--data DIR]`. Which display is whose,
 * and the tests of screen and printer, are in the program only.
 */
export const diagnoseParts: Command = async (args, signal) => {
  const words = readWords(args, ['data'])
  const folder = join(given(words, 'data') ?? process.cwd(), 'station')
  const [displays, printers, tpm, keystore] = await Promise.all([
    systemDisplays(),
    systemPrinters(runProgram, signal),
    lookForTpm(new Date().toISOString()),
    vaultExists(folder) ? lookAtKeystore(folder, undefined) : undefined,
  ])
  const onlyThere = 'only in the program'
  return {
    value: {
      displays: displays ?? null,
      printers: printers ?? null,
      tpm,
      keystore: keystore ?? { is: 'not-looked-at' },
    },
    text: [
      ...(displays?.map(displayLine) ?? [`display   ${onlyThere}`]),
      ...(printers?.map(({ name, usual, state }) => `printer   ${name}  ${state}${usual ? '  (usual)' : ''}`) ?? [
        `printer   ${onlyThere}`,
      ]),
      ...(printers?.length === 0 ? ['printer   none'] : []),
      `tpm       ${[tpm.is, tpm.name, tpm.version, tpm.address].filter(Boolean).join('  ')}`,
      `keystore  ${keystore?.is ?? 'no station in this folder'}`,
    ],
  }
}

function displayLine({ connector, connected, enabled, mode, name }: Connector): string {
  const state = connected ? (enabled ? 'connected' : 'connected, dark') : 'nothing connected'
  return ['display  ', connector, state, mode, name].filter(Boolean).join('  ')
}
