import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Times in milliseconds; suites run one after the other. */
const suite = (groupOrder: number, name: string, maxWorkers: number, testTimeout: number, retry = 0) => ({
  extends: true as const,
  test: {
    name,
    include: [`tests/${name}/**/*.test.{ts,tsx}`],
    sequence: { groupOrder },
    maxWorkers,
    testTimeout,
    retry,
    hookTimeout: Math.max(testTimeout, 30_000),
  },
})

const electron = (file: string) => ({ find: /^electron$/, replacement: resolve(import.meta.dirname, file) })
const unit = suite(1, 'unit', 2, 30_000)

export default defineConfig({
  // Shell code under test runs on the stand-in, as it does without Electron's binary.
  resolve: { alias: [electron('build/standin/index.ts')] },
  test: {
    environment: 'node',
    pool: 'forks',
    allowOnly: false,
    // Device hosts and simulators are started hundreds of times: stripped and compiled once.
    env: { NODE_COMPILE_CACHE: resolve(import.meta.dirname, 'artifacts/compile-cache') },
    projects: [
      // One process for many files: what they import is loaded, and made fast by V8, once.
      {
        ...unit,
        resolve: { alias: [electron('tests/support/fake-electron.ts')] },
        test: { ...unit.test, isolate: false },
      },
      // Real processes and lines: once more on a busy machine; what needed it is named at the end of the run.
      suite(2, 'integration', 2, 60_000, 1),
      suite(3, 'conformance', 2, 60_000, 1),
      suite(4, 'faults', 2, 120_000, 1),
    ],
  },
})
