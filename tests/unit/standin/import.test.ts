import { app, BrowserWindow, safeStorage } from '#build/standin/index.ts'
import { expect, test } from 'vitest'

test('importing the stand-in in a test starts nothing', () => {
  expect(app.isReady()).toBe(false)
  expect(process.listenerCount('SIGTERM')).toBe(0)
  expect(() => new BrowserWindow()).toThrow('Cannot create BrowserWindow before app is ready')
  expect(safeStorage.isEncryptionAvailable()).toBe(false)
})
