import { describe, expect, it } from 'vitest'
import { countCheck, countMissing, countPlaywright, countVitest, sum, type VitestReport } from '#build/summary/count.ts'

const passing: VitestReport = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults: [{ fullName: 'a', status: 'passed' }] }],
}
const noStats = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }

describe('a vitest suite', () => {
  it('counts its tests', () => {
    expect(countVitest(passing, 0)).toMatchObject({ passed: 3, failed: 0, skipped: 1 })
  })

  it('names the tests that failed', () => {
    const assertionResults = [{ fullName: 'the chip opens', status: 'failed' }]
    const report = {
      ...passing,
      numFailedTests: 1,
      testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults }],
    }
    expect(countVitest(report, 1)).toMatchObject({ failed: 1, problems: ['the chip opens'] })
  })

  it('counts a file that could not be loaded as a failure', () => {
    const report = { ...passing, testResults: [{ name: 'b.test.ts', status: 'failed', assertionResults: [] }] }
    expect(countVitest(report, 1)).toMatchObject({ failed: 1, problems: ['b.test.ts could not be run'] })
  })

  it('has failed when it found no tests', () => {
    const report = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, testResults: [] }
    expect(countVitest(report, 0)).toMatchObject({ passed: 0, failed: 1, problems: ['found no tests'] })
  })

  it('has failed when it crashed before its report', () => {
    expect(countVitest(undefined, 134).failed).toBe(1)
  })

  it('names a passed test that had failed before it was run again', () => {
    const [result] = passing.testResults
    const again = { fullName: 'the reader comes back', status: 'passed', failureMessages: ['too late'] }
    const report = { ...passing, testResults: [{ ...result!, assertionResults: [again] }] }
    expect(countVitest(report, 0)).toMatchObject({ failed: 0, unsteady: ['the reader comes back'] })
  })

  it('has failed when it ended badly though every test passed', () => {
    expect(countVitest(passing, 1)).toMatchObject({ passed: 3, failed: 1 })
  })
})

describe('a Playwright suite', () => {
  it('counts a test that passed only when run again as passed, and names it apart', () => {
    const specs = [
      { title: 'the citizen signs', ok: false },
      { title: 'a window comes back', ok: true, tests: [{ status: 'flaky' }] },
    ]
    const report = {
      stats: { ...noStats, expected: 2, unexpected: 1, flaky: 1 },
      errors: [],
      suites: [{ suites: [{ specs }] }],
    }
    expect(countPlaywright(report, 1)).toMatchObject({
      passed: 3,
      failed: 1,
      problems: ['the citizen signs'],
      unsteady: ['a window comes back'],
    })
  })

  it('has failed when it found no tests', () => {
    expect(countPlaywright({ stats: noStats, errors: [] }, 0).failed).toBe(1)
  })

  it('counts an error outside the tests', () => {
    const report = { stats: { ...noStats, expected: 1 }, errors: [{ message: 'no config' }] }
    expect(countPlaywright(report, 1)).toMatchObject({ passed: 1, failed: 1, problems: ['no config'] })
  })
})

it('counts a check as one test, and a job that never ran as a failure', () => {
  const total = sum([countCheck(0), countCheck(2), countMissing()])
  expect(total).toMatchObject({ passed: 1, failed: 2 })
})
