import { expect } from '@playwright/test'
import type { CitizenView } from '#contract/index.ts'
import type { DossierEvent } from '#domain/enrolment/index.ts'
import { citizenAnswers } from '../screens/citizen-desk.ts'
import { scenes } from '../screens/citizen-scenes.ts'
import { ok, type Answers, type Screen, type ScreenOptions } from '../screens/harness.ts'
import { allRight, answersTo, atReview, childHere, markPictures, sealedUp } from '../screens/officer-citizen.ts'
import {
  answersAround,
  around,
  atCheck,
  atCompare,
  atDocuments,
  atFingers,
  atPortrait,
  captureStarted,
  chipRead,
  differing,
  documentsTaken,
  found,
  opened,
  portraitTaken,
  qrScanned,
  stationOpen,
  today,
} from '../screens/officer-desk.ts'
import { allPictures, weakTwice } from '../screens/officer-fingers.ts'
import { facePicture } from '../screens/pictures.ts'
import * as technician from '../screens/technician-desk.ts'
import { drawnCamera } from './camera.ts'
import type { PictureName } from './names.ts'

/** How a picture of the guide comes about: a window, and what happens in it until it looks as it should. */
export type Scene = { readonly options: ScreenOptions; readonly until?: (screen: Screen) => Promise<void> }

const printsSeen = { ...allPictures, ...markPictures }

function officer(events: readonly DossierEvent[] | undefined, until?: Scene['until'], more: Answers = {}): Scene {
  return {
    options: {
      role: 'officer',
      answers: { ...answersAround(events), ...more },
      pictures: printsSeen,
      before: drawnCamera,
    },
    ...(until && { until }),
  }
}

/** Whatever the scene shows of the citizen's face. */
const faces = (view: CitizenView) =>
  Object.fromEntries(
    [...JSON.stringify(view).matchAll(/"name":"([0-9a-f]{32,64})"/gu)].map(([, name]) => [
      `/blob/${name}`,
      facePicture(),
    ]),
  )

const citizen = (view: CitizenView | undefined, until?: Scene['until']): Scene => {
  if (!view) throw new Error('no such scene')
  return { options: { role: 'citizen', answers: citizenAnswers(view), pictures: faces(view) }, ...(until && { until }) }
}

const page = (digit: 1 | 2 | 3 | 4 | 5, then?: Scene['until']): Scene => ({
  options: { role: 'technician', answers: technician.answers() },
  until: async (screen) => {
    await technician.openPage(screen, digit)
    await then?.(screen)
  },
})

const press =
  (key: string, awaited: string): Scene['until'] =>
  async (screen) => {
    await expect(screen.page.locator('.button-next')).toBeEnabled()
    await screen.page.keyboard.press(key)
    await expect(screen.page.getByText(awaited).first()).toBeVisible()
  }

/** What the program would find in the pictures of the drawn camera. */
const seen: Answers = {
  lookAtPage: () =>
    ok({
      width: 1600,
      height: 1200,
      corners: [
        { x: 300, y: 270 },
        { x: 1300, y: 270 },
        { x: 1300, y: 910 },
        { x: 300, y: 910 },
      ],
      problems: [],
    }),
  lookAtPortrait: () =>
    ok({
      width: 1600,
      height: 1200,
      faces: [{ x: 610, y: 400, width: 380, height: 480 }],
      landmarks: {
        leftEye: { x: 880, y: 600 },
        rightEye: { x: 720, y: 600 },
        nose: { x: 800, y: 690 },
        mouth: { x: 800, y: 770 },
        chin: { x: 800, y: 880 },
        crown: { x: 800, y: 320 },
      },
      crop: { x: 470, y: 220, width: 660, height: 849, angle: 0 },
      findings: [],
    }),
}

const cameraShows =
  (words: string): Scene['until'] =>
  async ({ page: shown }) => {
    await expect(shown.getByText(words).first()).toBeVisible()
  }

const dossiers: Answers['listDossiers'] = () =>
  ok([
    {
      id: 'd2',
      number: 'SL-0312-000139',
      status: 'open',
      openedAt: '2026-11-22T02:00:00.000Z',
      changedAt: '2026-11-22T02:04:00.000Z',
    },
    {
      id: 'd1',
      number: 'SL-0312-000145',
      status: 'closed',
      openedAt: `${today}T01:00:00.000Z`,
      changedAt: `${today}T01:08:00.000Z`,
    },
  ])

const scannerSilent: Answers['surroundings'] = () =>
  ok({
    ...around,
    devices: around.devices.map((device) =>
      device.kind === 'fingerprint-scanner' ? { ...device, state: 'failed', problem: 'DEVICE_SILENT' } : device,
    ),
  })

const scannerFailed: readonly DossierEvent[] = [
  ...atFingers,
  captureStarted('right-four', 'a1'),
  { type: 'fingerCaptureFailed', attempt: 'a1', code: 'DEVICE_SILENT' },
]

export const guideScenes: Readonly<Record<PictureName, Scene>> = {
  'mo-tram': officer(undefined, undefined, { station: () => ok({ ...stationOpen, phase: 'locked' }) }),
  quay: officer(undefined, undefined, { listDossiers: dossiers }),
  'tiep-don': officer([opened, qrScanned, ...chipRead]),
  'doi-chieu': officer([...atCompare, ...differing]),
  'giay-to': officer([...atDocuments, ...documentsTaken.slice(0, 1)], cameraShows('Thấy trọn trang'), seen),
  'anh-chan-dung': officer([...atPortrait, portraitTaken], cameraShows('Đạt yêu cầu'), seen),
  'van-tay': officer([...atFingers, captureStarted('right-four', 'a1')], (screen) =>
    screen.emit('fingerPreview', {
      attempt: 'a1',
      number: 7,
      width: 800,
      height: 460,
      fingers: found('right-four', [78, 81, 34, 66]).map((finger) =>
        finger.position === 'right-ring' ? { ...finger, advice: 'moisten' } : finger,
      ),
      missing: [],
    }),
  ),
  'cong-dan-xem': officer([...atCheck, ...answersTo(3)]),
  'niem-phong': officer(atReview),
  'tay-chai': officer([...atFingers, ...weakTwice]),
  'nguoi-dai-dien': officer(childHere, press('Control+h', 'Công dân dưới 14 tuổi')),
  'khong-ky-duoc': officer([...atCheck, ...allRight], press('Control+u', 'Không biết viết')),
  'cd-tra-loi': citizen(scenes['check-residence']),
  'cd-toan-bo': citizen(scenes['page']),
  'cd-ky': citizen(scenes['sign']),
  'cd-cach-xem': citizen(scenes['greeting'], async ({ page: shown }) => {
    await shown
      .getByRole('button', { name: /Aa|chữ|ngôn ngữ/iu })
      .last()
      .click()
    await expect(shown.getByRole('dialog')).toBeVisible()
  }),
  'man-hinh': officer(
    undefined,
    async ({ page: shown }) => {
      await shown.getByRole('button', { name: 'Trình đơn' }).click()
      await shown.getByRole('menuitem', { name: 'Màn hình công dân…', exact: true }).click()
      await expect(shown.getByRole('heading', { name: 'Màn hình nào cho công dân xem?' })).toBeVisible()
    },
    {
      displays: () =>
        ok([
          { key: 'a', label: 'Màn hình trong máy', width: 1366, height: 768, touch: false, use: 'officer' },
          { key: 'b', label: 'Màn hình 15 inch', width: 1024, height: 768, touch: true, use: 'citizen' },
        ]),
    },
  ),
  'xem-huong-dan': officer(
    scannerFailed,
    async ({ page: shown }) => {
      await expect(shown.getByRole('alert')).toContainText('DEVICE_SILENT')
      await shown.keyboard.press('Alt+h')
      await expect(shown.getByRole('complementary').getByRole('heading', { name: 'DEVICE_SILENT' })).toBeVisible()
    },
    { surroundings: scannerSilent },
  ),
  'thiet-bi-loi': officer(scannerFailed, undefined, { surroundings: scannerSilent }),
  'da-niem-phong': officer(sealedUp),
  xuat: officer(
    undefined,
    async ({ page: shown }) => {
      await shown.getByLabel('Thư mục nhận').fill('E:\\')
    },
    { listDossiers: dossiers, surroundings: () => ok({ ...around, waiting: 14 }) },
  ),
  'kt-thiet-bi': page(1),
  'kt-kiem-tra': page(2),
  'kt-vet': page(3),
  'kt-suc-khoe': page(4),
  'kt-goi': page(5, async ({ page: shown }) => {
    await shown.getByLabel('Thư mục').first().fill('/media/usb')
    await shown.getByRole('button', { name: /^Tạo gói/u }).click()
    await expect(shown.getByText('SHA-256').first()).toBeVisible()
  }),
}
