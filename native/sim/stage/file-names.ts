/** What the stage makes in its folder. */
export const fileNames = {
  devices: 'devices.json',
  card: 'card.json',
  mrz: 'mrz.txt',
  /** The authority that signed for the card: to be imported, or given as `--trust`. */
  csca: 'csca.der',
  control: 'control.sock',
  reader: 'card-reader.tty',
  module: 'zfm.tty',
  scanner: 'fingerprint.sock',
  button: 'document-button.sock',
  hidScanner: 'hid-scanner.sock',
  serialScanner: 'serial-scanner.tty',
  camera: 'camera.mjpeg',
  film: 'camera.y4m',
} as const
