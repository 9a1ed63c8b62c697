/** Main entries of the training program, in place of the station's: `--mode training`, into `out-training/`. */
export const trainingEntries = {
  index: 'electron/shell/training.ts',
  'device-host': 'build/training/device-host.ts',
  'training-stage': 'build/training/stage.ts',
}
