import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import electronBuilder from '#build/electron-builder.config.ts'
import training from '#build/training/electron-builder.config.ts'
import electronVite, { external } from '#build/electron.vite.config.ts'
import packageJson from '../../../package.json' with { type: 'json' }

const patterns = electronBuilder.files as readonly string[]

/** As electron-builder does: the last pattern that matches decides. */
function isPackaged(path: string, own = patterns): boolean {
  return own.reduce((taken, pattern) => {
    const excluded = pattern.startsWith('!')
    return posix.matchesGlob(path, excluded ? pattern.slice(1) : pattern) ? !excluded : taken
  }, false)
}

function entries(mode: string) {
  if (typeof electronVite !== 'function') throw new Error('the configuration is a function of the mode')
  const { main, preload, renderer } = electronVite({ command: 'build', mode })
  const names = (bundle: typeof main | typeof preload | typeof renderer) =>
    Object.keys(bundle?.build?.rolldownOptions?.input ?? {})
  return { main: names(main), preload: names(preload), renderer: names(renderer) }
}

describe('a package', () => {
  it.each([
    'out/main/index.js',
    'out/main/device-host.js',
    'out/main/chunks/codes-abc.js',
    'out/preload/officer.cjs',
    'out/renderer/officer/index.html',
    'package.json',
    'LICENSE',
  ])('holds %s', (path) => {
    expect(isPackaged(path)).toBe(true)
  })

  it.each([
    'out/main/device-host-development.js',
    'out-training/main/index.js',
    'out-training/main/training-stage.js',
    'out/main/index.js.map',
    'native/sim/index.ts',
    'build/standin/index.ts',
    'tests/unit/repository/packaging.test.ts',
    'domain/failure/codes.ts',
    'docs/architecture.md',
    'artifacts/reports/unit.json',
  ])('does not hold %s', (path) => {
    expect(isPackaged(path)).toBe(false)
  })

  it('closes every fuse that lets someone in', () => {
    expect(electronBuilder.electronFuses).toMatchObject({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  it('is one archive with its compiled modules beside it', () => {
    expect(electronBuilder.asar).toBe(true)
    const unpacked = electronBuilder.asarUnpack as readonly string[]
    for (const path of [
      'node_modules/better-sqlite3/build/Release/better_sqlite3.node',
      'node_modules/@serialport/bindings-cpp/prebuilds/linux-x64/node.napi.node',
      'node_modules/node-hid/prebuilds/HID-linux-x64/node-napi-v4.node',
    ]) {
      expect(unpacked.some((pattern) => posix.matchesGlob(path, pattern))).toBe(true)
    }
  })

  it('is made for Windows for all users, for Debian, and as an AppImage', () => {
    expect(electronBuilder.win?.target).toEqual([{ target: 'nsis', arch: ['x64'] }])
    expect(electronBuilder.nsis?.perMachine).toBe(true)
    expect(electronBuilder.linux?.target).toEqual([
      { target: 'deb', arch: ['x64'] },
      { target: 'AppImage', arch: ['x64'] },
    ])
  })
})

describe('the package of the training program', () => {
  const own = training.files as readonly string[]

  it.each(['out-training/main/index.js', 'out-training/main/training-stage.js', 'out-training/preload/officer.cjs'])(
    'holds %s',
    (path) => expect(isPackaged(path, own)).toBe(true),
  )

  it.each(['out/main/index.js', 'out/renderer/officer/index.html', 'native/sim/index.ts', 'build/training/stage.ts'])(
    'does not hold %s',
    (path) => expect(isPackaged(path, own)).toBe(false),
  )

  it('is another program beside the station: its own identity, name, file and place', () => {
    for (const name of ['appId', 'productName', 'executableName'] as const)
      expect(training[name]).not.toBe(electronBuilder[name])
    expect(training.directories?.output).not.toBe(electronBuilder.directories?.output)
    expect(training.extraMetadata).toMatchObject({ main: 'out-training/main/index.js' })
    expect(packageJson.main).toBe('out/main/index.js')
  })

  it('closes the same fuses', () => {
    expect(training.electronFuses).toEqual(electronBuilder.electronFuses)
  })
})

describe('the bundles', () => {
  it('hold the host, the workers, three preloads and three windows', () => {
    const roles = ['officer', 'citizen', 'technician']
    expect(entries('production')).toEqual({
      main: ['index', 'device-host', 'seal-worker', 'page-worker'],
      preload: roles,
      renderer: roles,
    })
  })

  it('hold the development host only outside production', () => {
    expect(entries('production').main).not.toContain('device-host-development')
    expect(entries('development').main).toContain('device-host-development')
  })

  it('of the training program hold its own host and its simulated devices in place of the station’s', () => {
    expect(entries('training').main).toEqual(['index', 'device-host', 'training-stage', 'seal-worker', 'page-worker'])
    expect(entries('production').main).not.toContain('training-stage')
    expect(entries('development').main).not.toContain('training-stage')
  })

  it('leave out only modules that a package brings along', () => {
    expect(external.filter((name) => !(name in packageJson.dependencies))).toEqual([])
  })
})
