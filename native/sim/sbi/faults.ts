/** What a simulated SBI service can be told to do wrong. Each holds until it is taken off. */
export const sbiFaults = [
  /** One byte of the signature of captured data is changed. */
  'wrong-signature',
  /** Nothing is signed at all: the bare payload. */
  'unsigned',
  /** The device's certificate ended yesterday. */
  'expired-certificate',
  /** Signed by a device whose maker nobody knows. */
  'unknown-root',
  /** Signed by another device of the same maker. */
  'other-device',
  /** The answer names another transaction. */
  'wrong-transaction',
  /** The last answer once more, word by word. */
  'replay',
  /** A new answer around the pictures of the last one. */
  'previous-image',
  /** The chain of hashes is broken. */
  'wrong-hash',
  /** Captured for another environment. */
  'wrong-environment',
  /** 200 MB of JSON instead of an answer to a capture. */
  'huge-capture',
  /** 200 MB of JSON instead of the info. */
  'huge-info',
  /** Pictures compressed with WSQ. */
  'wsq',
  /** Errors of the specification, as answers to a capture. */
  'error-101',
  'error-102',
  'error-103',
  'error-105',
  'error-106',
  'error-110',
  'busy',
  /** No answer to a capture. */
  'silence',
  /** The answer to a capture comes when nobody waits any more. */
  'late',
  /** Bytes that are no HTTP, and no frames. */
  'garbage',
  /** The line is closed in the middle of an answer to a capture. */
  'cut',
  /** There is no preview. */
  'no-stream',
  /** The preview stops after its first frame. */
  'frozen-stream',
  /** Frames are no pictures. */
  'garbled-frames',
  /** Knows only the verb of 0.9.5 for being found. */
  'old-verbs',
  /** A finger is not on the platen. */
  'three-fingers',
] as const
export type SbiFault = (typeof sbiFaults)[number]
