import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Times in milliseconds; suites run one after the other. */
const suite = (groupOrder: number, name: string, maxWorkers: number, testTimeout: number) => ({
  extends: true as const,
  test: {
    name,
    include: [`tests/${name}/**/*.test.{ts,tsx}`],
    sequence: { groupOrder },
    maxWorkers,
    testTimeout,
    hookTimeout: Math.max(testTimeout, 30_000),
  },
})

export default defineConfig({
  // Shell code under test runs on the stand-in, as it does without Electron's binary.
  resolve: { alias: [{ find: /^electron$/, replacement: resolve(import.meta.dirname, 'build/standin/index.ts') }] },
  test: {
    environment: 'node',
    pool: 'forks',
    allowOnly: false,
    projects: [
      suite(1, 'unit', 2, 30_000),
      suite(2, 'integration', 2, 60_000),
      suite(3, 'conformance', 2, 60_000),
      suite(4, 'faults', 1, 120_000),
    ],
  },
})
