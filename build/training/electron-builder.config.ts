import type { Configuration } from 'electron-builder'
import station from '../electron-builder.config.ts'

/** Of the station's list what is not its own output, which this program takes from `out-training/`. */
const common = (station.files as readonly string[]).filter((pattern) => !/^!?out\//u.test(pattern))

/** Installers of the training program: its own name, identity and folder, so that it lives beside a station. */
const config: Configuration = {
  ...station,
  appId: 'vn.quay-can-cuoc.training',
  productName: 'Quầy Căn cước – Luyện tập',
  executableName: 'quay-can-cuoc-luyen-tap',
  directories: { output: 'dist-training', buildResources: 'resources/icons' },
  extraMetadata: {
    name: 'quay-can-cuoc-luyen-tap',
    productName: 'Quầy Căn cước – Luyện tập',
    main: 'out-training/main/index.js',
  },
  files: ['out-training/main/**', 'out-training/preload/**', 'out-training/renderer/**', ...common],
}

export default config
