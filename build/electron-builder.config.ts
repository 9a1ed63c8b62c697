import type { Configuration } from 'electron-builder'

/**
 * Installers: what goes in is the production build and its compiled modules, nothing else.
 * Paths are from the root of the repository.
 */
const config: Configuration = {
  appId: 'vn.quay-can-cuoc.station',
  productName: 'Quầy Căn cước',
  executableName: 'quay-can-cuoc',
  directories: { output: 'dist', buildResources: 'resources/icons' },
  files: [
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'package.json',
    'LICENSE',
    '!**/*.map',
    '!**/*.{ts,tsx,md}',
    '!node_modules/@vladmandic/human/{assets,demo,src,tmp,types}/**',
    '!out/main/device-host-development*',
    '!out/main/chunks/*development*',
    '!{native/sim,build,tests,docs,renderer,electron,domain,native,artifacts}/**',
  ],
  // Compiled modules and the programs they start cannot be loaded from inside the archive.
  asar: true,
  asarUnpack: [
    '**/*.node',
    'node_modules/{serialport,@serialport}/**',
    'node_modules/node-hid/**',
    'node_modules/better-sqlite3/**',
    'node_modules/@node-rs/**',
    'node_modules/pcsc-mini/**',
    // Face models and the WebAssembly that runs them are read as files, by a thread.
    'node_modules/@vladmandic/human/**',
    'node_modules/@tensorflow/**',
    'node_modules/{tesseract.js,tesseract.js-core,@tesseract.js-data}/**',
  ],
  npmRebuild: true,
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: false,
  },
  publish: null,
  win: { target: [{ target: 'nsis', arch: ['x64'] }] },
  nsis: { oneClick: false, perMachine: true, allowElevation: true, deleteAppDataOnUninstall: false },
  linux: {
    target: [
      { target: 'deb', arch: ['x64'] },
      { target: 'AppImage', arch: ['x64'] },
    ],
    category: 'Office',
    maintainer: 'Quầy Căn cước',
  },
  deb: { depends: ['pcscd', 'libccid', 'libusb-1.0-0', 'libudev1', 'libgtk-3-0', 'libnss3', 'libsecret-1-0'] },
}

export default config
