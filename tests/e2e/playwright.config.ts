import { defineConfig } from '@playwright/test'

/** The windows belong to the program under test, started by the fixture; Playwright starts no browser of its own. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../artifacts/e2e',
  // A visit runs the whole program with its devices: one at a time. A screen is a page alone.
  projects: [
    { name: 'visits', testIgnore: ['screens/**', 'guide/**'] },
    { name: 'screens', testMatch: 'screens/**/*.spec.ts' },
    // Writes the pictures of docs/huong-dan-can-bo: only when asked for.
    { name: 'guide', testMatch: 'guide/**/*.spec.ts' },
  ],
  workers: 1,
  // Windows on two busy cores: what passes only when run again is named at the end of the run.
  retries: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: `../../artifacts/reports/${process.env['QCC_SUITE'] ?? 'e2e'}.json` }]],
  use: { trace: 'off', screenshot: 'only-on-failure' },
})
