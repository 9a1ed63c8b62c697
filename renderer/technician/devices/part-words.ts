import { useTranslation } from 'react-i18next'
import type { Parts } from '#contract/index.ts'
import type { Tone } from '../../ui/pill.tsx'
import { useTimes } from '../times.ts'

export const partColumns = ['part', 'name', 'state', 'more', 'since', 'lastError'] as const
type Cells = Readonly<Record<(typeof partColumns)[number], string>>

export type PartRow = {
  /** One of its kind, for what can be done with it. */
  readonly key: string
  readonly kind: 'display' | 'printer' | 'tpm' | 'keystore'
  readonly tone: Tone
  readonly cells: Cells
  /** Key of a display that may become the citizen's. */
  readonly choose?: string
  readonly test?: { readonly part: 'citizen-screen' } | { readonly part: 'printer'; readonly printer: string }
}

/** What is said of each part; the same words stand on the screen and on the clipboard. */
export function usePartRows(): (parts: Parts) => readonly PartRow[] {
  const { t } = useTranslation(['technician', 'diagnosis'])
  const { moment, number } = useTimes()
  const when = (iso: string | undefined) => (iso === undefined ? '—' : moment(iso))

  return ({ displays, printers, tpm, keystore }) => [
    ...displays.map((one): PartRow => {
      const missing = one.is === 'missing'
      const place = t('parts.place', { x: one.x, y: one.y, percent: number(Math.round(one.scale * 100)) })
      return {
        key: `display ${one.key}`,
        kind: 'display',
        tone: missing ? 'danger' : one.use === 'none' ? 'doubt' : 'good',
        cells: {
          part: t(`parts.use.${one.use}`),
          name: one.label === '' ? t('parts.unnamed') : one.label,
          state: t(missing ? 'parts.missing' : 'parts.there'),
          more: [
            `${one.width} × ${one.height}`,
            ...(missing ? [] : [place, t(`parts.touch.${one.touch}`)]),
            ...(one.internal ? [t('parts.internal')] : []),
          ].join(' · '),
          since: when(one.since),
          lastError: missing ? t('diagnosis:cause.not-plugged-in.title') : '—',
        },
        ...(one.use === 'none' && { choose: one.key }),
        ...(one.use === 'citizen' && { test: { part: 'citizen-screen' } }),
      }
    }),
    ...(printers ?? []).map(({ name, label, usual, since, lastError }): PartRow => ({
      key: `printer ${name}`,
      kind: 'printer',
      tone: lastError === undefined ? 'good' : 'danger',
      cells: {
        part: t('parts.printer'),
        name: label,
        state: t(usual ? 'parts.usual' : 'parts.installed'),
        more: name,
        since: when(since),
        lastError: lastError === undefined ? '—' : t(`diagnosis:cause.${lastError}.title`, { defaultValue: lastError }),
      },
      test: { part: 'printer', printer: name },
    })),
    ...(printers?.length === 0 || !printers
      ? [
          {
            key: 'printer',
            kind: 'printer',
            tone: 'quiet',
            cells: {
              part: t('parts.printer'),
              name: '—',
              state: t(printers ? 'parts.noPrinter' : 'parts.printersUnasked'),
              more: '—',
              since: '—',
              lastError: '—',
            },
          } satisfies PartRow,
        ]
      : []),
    {
      key: 'tpm',
      kind: 'tpm',
      tone: tpm.is === 'there' ? 'good' : 'quiet',
      cells: {
        part: 'TPM',
        name: tpm.name ?? '—',
        state: t(`parts.tpm.${tpm.is}`, { version: tpm.version ?? '?' }),
        more: tpm.address ?? '—',
        since: when(tpm.since),
        lastError: '—',
      },
    },
    {
      key: 'keystore',
      kind: 'keystore',
      tone: ({ holds: 'good', ready: 'doubt', shut: 'danger', none: 'doubt', 'not-looked-at': 'quiet' } as const)[
        keystore.is
      ],
      cells: {
        part: t('parts.keystoreName'),
        name: keystore.name ?? '—',
        state: t(`parts.keystore.${keystore.is}`),
        more: '—',
        since: when(keystore.since),
        lastError: keystore.is === 'shut' ? t('parts.keystoreShut') : '—',
      },
    },
  ]
}
