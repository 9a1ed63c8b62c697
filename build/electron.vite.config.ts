import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { trainingEntries } from './training/entries.ts'

const root = resolve(import.meta.dirname, '..')

/** Loaded from node_modules at run time: they carry compiled code, or find their own files beside themselves. */
export const external = [
  'serialport',
  'node-hid',
  'better-sqlite3',
  '@node-rs/argon2',
  'pcsc-mini',
  'zxing-wasm',
  'tesseract.js',
]

/** Only for development, demonstration and tests: `--mode development`. A package leaves it out twice, here and in electron-builder. */
const developmentEntries = { 'device-host-development': 'build/development-host.ts' }

/** Threads that both programs start. */
const workers = {
  'seal-worker': 'electron/core/seal/worker.ts',
  'page-worker': 'native/host/pictures/page-worker.ts',
}

const mainEntries = {
  index: 'electron/shell/index.ts',
  'device-host': 'native/host/index.ts',
  ...workers,
}

/** What each mode builds, and where it puts it: the training program is another program. */
const builds: Readonly<Record<string, { main: Record<string, string>; out: string }>> = {
  production: { main: mainEntries, out: 'out' },
  development: { main: { ...mainEntries, ...developmentEntries }, out: 'out' },
  training: { main: { ...trainingEntries, ...workers }, out: 'out-training' },
}

const roles = ['officer', 'citizen', 'technician']

export default defineConfig(({ mode }) => {
  const { main, out } = builds[mode] ?? builds['development']!
  const sourcemap = mode !== 'production' && mode !== 'training'
  return {
    main: {
      build: {
        outDir: resolve(root, out, 'main'),
        externalizeDeps: false,
        sourcemap,
        rolldownOptions: {
          input: present(main),
          external: external.flatMap((name) => [name, new RegExp(`^${name}/`)]),
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
    // A sandboxed preload is one CommonJS file and may require nothing but electron.
    preload: {
      build: {
        outDir: resolve(root, out, 'preload'),
        externalizeDeps: false,
        isolatedEntries: true,
        sourcemap: false,
        rolldownOptions: {
          input: present(Object.fromEntries(roles.map((role) => [role, `electron/preload/${role}.ts`]))),
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
    // Served from app:// under `script-src 'self'; style-src 'self'`: nothing inline, no data: URLs.
    renderer: {
      root: resolve(root, 'renderer'),
      base: './',
      publicDir: false,
      plugins: [react()],
      worker: { format: 'es' },
      build: {
        outDir: resolve(root, out, 'renderer'),
        emptyOutDir: true,
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        sourcemap,
        minify: true,
        rolldownOptions: {
          input: present(Object.fromEntries(roles.map((role) => [role, `renderer/${role}/index.html`]))),
        },
      },
    },
  }
})

/** Rooms not built yet are left out; a build without its main entry fails all the same. */
function present(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries)
      .map(([name, path]) => [name, resolve(root, path)] as const)
      .filter(([, path]) => existsSync(path)),
  )
}
