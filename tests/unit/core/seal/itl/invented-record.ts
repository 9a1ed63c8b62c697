import type { ItlPrint, ItlRecord } from '#core/seal/itl/index.ts'
import { inventedPng } from '../../../../support/invented.ts'
import { inventedJpeg } from '../../../../support/pictures.ts'

export const station = { code: 'SL-0312', name: 'Công an xã Thử Nghiệm' }

export function rightFour(seed = 1): ItlPrint {
  return {
    impression: 'flat',
    fgp: 13,
    picture: { png: inventedPng(seed, 200, 120), width: 200, height: 120, dpi: 500 },
    segments: [2, 3, 4].map((fgp, at) => ({ fgp, left: 10 + 50 * at, right: 50 + 50 * at, top: 5, bottom: 100 })),
    qualities: [2, 3, 4].map((fgp, at) => ({ fgp, score: 60 + at })),
    absent: [{ fgp: 5, code: 'UP' }],
  }
}

export function rolled(fgp: number, seed = 40 + fgp): ItlPrint {
  return {
    impression: 'rolled',
    fgp,
    picture: { png: inventedPng(seed, 64, 80), width: 64, height: 80, dpi: 500 },
    segments: [],
    qualities: [{ fgp, score: 71 }],
    absent: [],
  }
}

/** Lò Thị Mẫu is invented; so is her missing finger. */
export function inventedRecord(change: Partial<ItlRecord> = {}): ItlRecord {
  return {
    number: 'SL-0312-000001',
    station,
    day: '2026-11-20',
    createdAt: new Date('2026-11-20T02:03:04.567Z'),
    program: { name: 'quay-can-cuoc', version: '0.1.0' },
    person: { fullName: 'Lò Thị Mẫu', personalNumber: '014190000123', birthDate: '05/03/1990', sex: 'Nữ' },
    portrait: { bytes: inventedJpeg(480, 640), mediaType: 'image/jpeg', width: 480, height: 640 },
    prints: [
      rightFour(),
      rolled(1),
      { impression: 'rolled', fgp: 5, segments: [], qualities: [], absent: [{ fgp: 5, code: 'UP' }] },
    ],
    exceptions: [{ fgp: 5, reason: 'missing' }],
    ...change,
  }
}
