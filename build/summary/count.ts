/** What one job came to. A check counts as one test. */
export type Tally = {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** Titles of failed tests, and what else went wrong. */
  readonly problems: readonly string[]
  /** Titles of tests that passed only when they were run again: passed, and said aloud. */
  readonly unsteady: readonly string[]
}

/** The part used of the JSON that vitest's reporter writes. */
export type VitestReport = {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      /** Of a test that passed: what went wrong before it did. */
      readonly failureMessages?: readonly string[] | undefined
    }[]
  }[]
}

/** The part used of the JSON that Playwright's reporter writes. */
export type PlaywrightReport = {
  readonly stats: {
    readonly expected: number
    readonly unexpected: number
    readonly flaky: number
    readonly skipped: number
  }
  readonly errors: readonly { readonly message?: string }[]
  readonly suites?: readonly PlaywrightSuite[]
}

type PlaywrightSuite = {
  readonly specs?: readonly {
    readonly title: string
    readonly ok: boolean
    readonly tests?: readonly { readonly status?: string }[]
  }[]
  readonly suites?: readonly PlaywrightSuite[]
}

export function countCheck(exitCode: number): Tally {
  return exitCode === 0 ? { ...none, passed: 1 } : failure(`ended with code ${exitCode}`)
}

export function countMissing(): Tally {
  return failure('did not run')
}

/** A file that could not be loaded holds no failed test: it counts as one. */
export function countVitest(report: VitestReport | undefined, exitCode: number): Tally {
  if (report === undefined) return failure(`ended with code ${exitCode} before writing a report`)
  const failedTests = report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  )
  const brokenFiles = report.testResults
    .filter(
      ({ status, assertionResults }) =>
        status === 'failed' && assertionResults.every((each) => each.status !== 'failed'),
    )
    .map(({ name }) => `${name} could not be run`)
  return settle(exitCode, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests,
    problems: [...failedTests, ...brokenFiles],
    unsteady: report.testResults.flatMap(({ assertionResults }) =>
      assertionResults
        .filter(({ status, failureMessages = [] }) => status === 'passed' && failureMessages.length > 0)
        .map(({ fullName }) => fullName),
    ),
  })
}

export function countPlaywright(report: PlaywrightReport | undefined, exitCode: number): Tally {
  if (report === undefined) return failure(`ended with code ${exitCode} before writing a report`)
  const { stats, errors, suites = [] } = report
  return settle(exitCode, {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    problems: [...suites.flatMap(failedSpecs), ...errors.map(({ message }) => message ?? 'an error outside the tests')],
    unsteady: suites.flatMap(unsteadySpecs),
  })
}

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (total, each) => ({
      passed: total.passed + each.passed,
      failed: total.failed + each.failed,
      skipped: total.skipped + each.skipped,
      problems: [...total.problems, ...each.problems],
      unsteady: [...total.unsteady, ...each.unsteady],
    }),
    none,
  )
}

const none: Tally = { passed: 0, failed: 0, skipped: 0, problems: [], unsteady: [] }

function failure(problem: string): Tally {
  return { ...none, failed: 1, problems: [problem] }
}

/** A suite that found nothing, or that ended badly without a failed test, has failed. */
function settle(exitCode: number, tally: Tally): Tally {
  const problem =
    tally.passed + tally.failed === 0
      ? 'found no tests'
      : exitCode !== 0 && tally.failed === 0
        ? `ended with code ${exitCode} though no test failed`
        : undefined
  if (problem === undefined) return tally
  return { ...tally, failed: tally.failed + 1, problems: [...tally.problems, problem] }
}

function failedSpecs(suite: PlaywrightSuite): string[] {
  const own = (suite.specs ?? []).filter(({ ok }) => !ok).map(({ title }) => title)
  return [...own, ...(suite.suites ?? []).flatMap(failedSpecs)]
}

function unsteadySpecs(suite: PlaywrightSuite): string[] {
  const own = (suite.specs ?? [])
    .filter(({ tests = [] }) => tests.some(({ status }) => status === 'flaky'))
    .map(({ title }) => title)
  return [...own, ...(suite.suites ?? []).flatMap(unsteadySpecs)]
}
