export { encodeGrayPng, decodePng } from './png.ts'
export { cropFinger, type FingerArea } from './crop.ts'
export { scaleDown } from './scale.ts'
export { fingerQuality } from './quality.ts'
export { measureFinger, type FingerMeasures } from './measure.ts'
export { hasFinger, seeFingers } from './see.ts'
export { LEAST_DPI, MOST_SIDE, refuseTooLarge } from './limits.ts'
export {
  ghostLevels,
  meanOf,
  measurePlaten,
  measurePrint,
  targetDpi,
  type PlatenMeasures,
  type PrintMeasures,
} from './platen.ts'
