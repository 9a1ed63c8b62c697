import { defineConfig } from '@playwright/test'

/** The windows belong to the program under test, started by the fixture; Playwright starts no browser of its own. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../artifacts/e2e',
  workers: 1,
  // Windows on two busy cores: what passes only when run again is named at the end of the run.
  retries: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '../../artifacts/reports/e2e.json' }]],
  use: { trace: 'off', screenshot: 'only-on-failure' },
})
