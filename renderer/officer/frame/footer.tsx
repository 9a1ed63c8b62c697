import { useTranslation } from 'react-i18next'
import type { OfficerView, Surroundings } from '#contract/index.ts'
import { SeeGuideSign } from '../../ui/guide/see-guide.tsx'
import { Dot, type Tone } from '../../ui/pill.tsx'
import { lastSave } from '../drafts.ts'
import { time } from '../words.ts'

type Device = Surroundings['devices'][number]

const tones: Readonly<Record<Device['state'], Tone>> = {
  absent: 'doubt',
  opening: 'quiet',
  ready: 'good',
  busy: 'good',
  failed: 'danger',
}

/** Devices in words, with what to do when one is not well; what waits to leave; when the last save was. */
export function Footer({
  around,
  view,
}: {
  readonly around: Surroundings | undefined
  readonly view: OfficerView | null
}) {
  const { t } = useTranslation()
  return (
    <footer className="footer" aria-label={t('footer.label')}>
      <ul className="footer-devices">
        {around && around.host !== 'running' && (
          <li>
            <Dot tone={around.host === 'failed' ? 'danger' : 'doubt'} />
            {t(`footer.host.${around.host}`)}
          </li>
        )}
        {around?.devices.map((device) => (
          <DeviceWords key={device.id} device={device} />
        ))}
        {around && (
          <li>
            <Dot tone={around.citizenScreen === 'shown' ? 'good' : 'doubt'} />
            {t(`footer.citizen.${around.citizenScreen}`)}
          </li>
        )}
      </ul>
      <div className="footer-right">
        {around && (
          <p>{around.waiting > 0 ? t('footer.waiting', { count: around.waiting }) : t('footer.nothing-waiting')}</p>
        )}
        <Saved view={view} />
      </div>
    </footer>
  )
}

function DeviceWords({ device }: { readonly device: Device }) {
  const { t } = useTranslation()
  const well = device.problem === undefined
  const state = well ? stateWords(device) : `problem.${device.problem}`
  return (
    <li>
      <Dot tone={well ? tones[device.state] : device.state === 'failed' ? 'danger' : 'doubt'} />
      {t('footer.device', {
        device: t(`device.${kindWords(device)}`),
        state: t(`device-state.${state}`, { defaultValue: t(`device-state.${device.state}`) }),
      })}
      {device.problem && <SeeGuideSign code={device.problem} />}
    </li>
  )
}

/** A reader below the grade of enrolment says what it is not for. */
function kindWords({ kind, grade }: Device): string {
  return kind === 'fingerprint-scanner' && grade === 'verification' ? 'fingerprint-verifier' : kind
}

function stateWords(device: Device): string {
  if (device.kind === 'card-reader' && device.state === 'ready' && device.cardPresent !== undefined)
    return device.cardPresent ? 'card' : 'no-card'
  return device.state
}

function Saved({ view }: { readonly view: OfficerView | null }) {
  const { t } = useTranslation()
  const { at, failure } = lastSave()
  if (failure) {
    return (
      <p className="footer-danger" role="alert">
        <Dot tone="danger" />
        {t(`footer.not-saved.${failure.code}`, { defaultValue: t('footer.not-saved.other') })}
        <SeeGuideSign code={failure.code} />
      </p>
    )
  }
  const last = [at, view?.savedAt]
    .filter((each) => each !== undefined)
    .toSorted()
    .at(-1)
  if (!view || last === undefined) return null
  return <p>{t('footer.saved', { time: time(last) })}</p>
}
