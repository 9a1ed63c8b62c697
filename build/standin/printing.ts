import { execFile, spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { settings } from './settings.ts'

/** The printer that is a folder: each page becomes a file of it. */
const folderPrinter = 'Stand-in_PDF'

/** Those of CUPS, where its client is installed, and the folder of QCC_STANDIN_PRINTS. None is no error. */
export async function listPrinters(): Promise<Electron.PrinterInfo[]> {
  const [names, usual] = await Promise.all([said('lpstat', ['-e']), said('lpstat', ['-d'])])
  const known = names.split('\n').filter((name) => name !== '')
  const own = settings.prints === '' ? [] : [folderPrinter]
  const first = usual.split(': ')[1]?.trim() ?? own[0]
  return [...known, ...own].map((name) => ({
    name,
    displayName: name.replaceAll('_', ' '),
    description: '',
    options: { 'printer-is-default': String(name === first) } as unknown as Electron.Options,
  }))
}

/** Gives the PDF away. Rejects with the reason in a word. */
export async function printPdf(pdf: Uint8Array, name: string): Promise<void> {
  if (name === folderPrinter && settings.prints !== '') {
    // As a printer does, it takes what comes: a folder that is gone is a printer that is off.
    return writeFile(join(settings.prints, `page-${Date.now()}.pdf`), pdf)
  }
  const lp = spawn('lp', name === '' ? [] : ['-d', name], { stdio: ['pipe', 'ignore', 'ignore'] })
  lp.stdin.on('error', () => {})
  lp.stdin.end(pdf)
  return new Promise((resolve, reject) => {
    lp.once('error', () => reject(new Error('no printers available on the network')))
    lp.once('close', (code) => (code === 0 ? resolve() : reject(new Error('failed'))))
  })
}

function said(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 5000, env: { ...process.env, LC_ALL: 'C' } }, (_error, stdout) =>
      resolve(stdout),
    )
  })
}
