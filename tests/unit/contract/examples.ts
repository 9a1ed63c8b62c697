import { callsFrom, contract, type CallInput, type CallName, type Contract, type Role } from '#contract/index.ts'
import type { Handlers } from '#core/answer.ts'
import { AppError } from '#domain/failure/index.ts'
import { usualViewing } from '#domain/enrolment/index.ts'
import { inventedPng, loThiMau } from '../../support/invented.ts'

export const roles = ['officer', 'citizen', 'technician'] as const satisfies readonly Role[]

const png = inventedPng(1)

/** One well-formed input for each call. */
export const wellFormed: { readonly [Name in CallName]: CallInput<Name> } = {
  station: {},
  lessons: {},
  lesson: {},
  startLesson: { lesson: 'child' },
  leaveLesson: {},
  useHands: { act: 'place-hand' },
  setUpStation: {
    code: 'SL-0312',
    name: 'Công an xã Mẫu',
    passphrase: 'mật khẩu thử nghiệm',
    receiverCertificate: 'PEM',
  },
  unlockStation: { passphrase: 'mật khẩu thử nghiệm' },
  surroundings: {},
  currentDossier: {},
  listDossiers: {},
  openDossier: {},
  resumeDossier: { id: 'one' },
  saveDraft: { field: 'declared.fullName', text: loThiMau.fullName },
  declareDetail: { field: 'fullName', value: loThiMau.fullName },
  giveCode: { text: loThiMau.qr },
  placeCandidates: { address: 'Bản Mẫu, Thôm Mòn, Thuận Châu, Sơn La', day: '2021-08-15' },
  readChip: {},
  chooseSource: { field: 'residence', source: 'qr' },
  confirmComparison: {},
  goToStep: { from: 'arrival', to: 'compare' },
  addDocument: { kind: 'old-card-front', bytes: png },
  dropDocument: { name: 'ab' },
  addPortrait: { bytes: png },
  lookAtPortrait: { frame: png },
  takePortrait: { picture: png },
  acceptPortrait: { name: 'ab', because: 'kính y tế' },
  compareWithChip: {},
  judgePortrait: { name: 'ab', same: 'yes' },
  lookAtPage: { frame: png },
  takePage: { picture: png, kind: 'birth-certificate', colour: 'grey', turn: 90 },
  readPage: { name: 'ab', wanted: 'mrz' },
  cameraChoice: { role: 'portrait-camera' },
  rememberCamera: { role: 'document-camera', id: 'ab', label: 'Máy chụp mẫu' },
  setLamp: { brightness: 0.5 },
  pictureSources: {},
  watchPictureFolder: { role: 'portrait-camera', folder: '/media/camera' },
  dropOfferedPicture: { name: 'ab' },
  captureFingers: { step: 'right-four' },
  shootFingers: {},
  stopCapture: {},
  acceptFingers: { step: 'left-four', reason: 'da tay mòn' },
  dropFingerTry: { attempt: 'f1' },
  dismissFingerDoubt: { attempt: 'f1', reason: 'đã xem lại' },
  exceptFinger: { finger: 'left-ring', reason: 'missing' },
  dropFingerException: { finger: 'left-ring' },
  approveFingerException: { finger: 'left-ring', badge: '014-207' },
  chooseBedside: { reason: 'nằm liệt giường' },
  captureIrises: {},
  listOfficers: {},
  registerOfficer: { badge: '014-207', name: 'Quàng Văn Mẫu', finger: 'right-index' },
  removeOfficer: { badge: '014-207' },
  stopOfficerCapture: {},
  stationPolicy: {},
  setStationPolicy: { shortForChildren: true },
  answerForCitizen: { field: 'fullName', value: loThiMau.fullName, answer: 'right' },
  clearSignature: {},
  sealDossier: {},
  exportSealed: { folder: '/media/usb' },
  closeDossier: {},
  abandonDossier: { reason: 'công dân xin về' },
  citizenView: {},
  answerDetail: { field: 'fullName', value: loThiMau.fullName, answer: 'wrong' },
  reportShown: {
    what: { kind: 'page', details: [{ field: 'fullName', value: loThiMau.fullName }] },
    language: 'blt-Tavt',
    lines: ['Mời chị xem lại tất cả'],
    heard: 'recording',
  },
  confirmPage: {},
  sign: { width: 600, height: 200, strokes: [[{ x: 1, y: 2, t: 0, pressure: 0.5 }]], pointer: 'pen', png },
  chooseViewing: usualViewing,
  chooseAddress: { address: 'bác' },
  nameRepresentative: { name: 'Quàng Văn Mẫu', number: '014 088 004 567', relation: 'father', reason: 'under-14' },
  dropRepresentative: {},
  confirmPageForCitizen: {},
  exceptSigning: { reason: 'hand-injured', witness: { name: 'Giàng A Mẫu', number: '012201000045' } },
  dropSigningException: {},
  takeMark: { finger: 'right-index' },
  displays: {},
  bindDisplay: { key: 'ab' },
  turnToCitizen: {},
  takeBack: {},
  setCurtain: { drawn: true },
  curtain: {},
  reportPainted: {},
  notices: {},
  noticeFolder: {},
  setNoticeFolder: { folder: '/media/usb/thong-bao' },
  setStationContact: { place: 'Phòng 2', hours: '7:30–11:30', phone: '0212 3 000 000' },
  languages: {},
  languageWords: { language: 'blt-Latn' },
  reportMissed: { language: 'km', keys: ['greeting.heading'] },
  studioSentences: { language: 'mww' },
  saveRecording: { language: 'mww', key: 'digit.7', audio: png, seconds: 1.5 },
  dropRecording: { language: 'mww', key: 'digit.7' },
  saveSentenceText: { language: 'mww', key: 'digit.7', text: 'mẫu' },
  describeLanguage: { language: 'mww', name: 'Mẫu', date: ['day', 'month', 'year'] },
  reviewLanguage: { language: 'mww', by: 'Giàng A Mẫu' },
  exportLanguage: { language: 'mww', folder: '/media/usb' },
  inspectLanguage: { folder: '/media/usb' },
  importLanguage: { folder: '/media/usb', fingerprint: 'ab'.repeat(32) },
  addFont: { language: 'km', file: '/media/usb/khmer.woff2' },
  dropFont: { language: 'km', name: 'khmer' },
  pluggedIn: {},
  unlistedTransports: {},
  probeDevice: { key: 'serial:/dev/ttyUSB0' },
  bindDevice: { id: 'card-reader', driver: 'gempc-twin', transport: 'serial', address: '/dev/ttyUSB0' },
  unbindDevice: { id: 'card-reader' },
  checkDevice: { device: 'card-reader' },
  goOnChecking: {},
  stopChecking: {},
  checkStation: {},
  keepCheck: {
    report: {
      subject: 'portrait-camera',
      device: 'portrait-camera',
      verdict: 'limits',
      found: [{ cause: 'picture-dark', figures: { brightness: 31 } }],
      figures: { brightness: 31, framesPerSecond: 28.5 },
      at: '2026-11-22T01:00:00.000Z',
      took: 4200,
    },
  },
  checks: {},
  deviceTrace: { device: 'card-reader', after: 0 },
  runTrace: { device: 'card-reader', on: false },
  markTrace: { device: 'card-reader', text: 'rút cáp' },
  exportTrace: { device: 'card-reader', folder: '/media/usb' },
  health: {},
  makeBundle: { folder: '/media/usb' },
  centre: {},
  setCentre: { address: 'https://trung-tam.example:8443/nhan' },
}

export const callNames = [...new Set(roles.flatMap((role) => callsFrom(role)))]

export function callersOf(name: CallName): readonly Role[] {
  return (contract satisfies Contract)[name].from
}

/** Handlers that note which of them was reached and answer CANCELLED, which no check before them gives. */
export function notingHandlers(): { readonly handlers: Handlers; readonly reached: CallName[] } {
  const reached: CallName[] = []
  const note = (name: CallName) => () => {
    reached.push(name)
    throw new AppError('CANCELLED', 'test')
  }
  return { handlers: Object.fromEntries(callNames.map((name) => [name, note(name)])) as unknown as Handlers, reached }
}
