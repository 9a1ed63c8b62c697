import { Activity, Copy, Stethoscope, Unplug } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { SeeGuideSign } from '../../ui/guide/see-guide.tsx'
import { Dot, type Tone } from '../../ui/pill.tsx'
import { useDeviceWords, type Device } from './device-words.ts'
import { ActedTable } from './acted-table.tsx'

const tones: Readonly<Record<Device['state'], Tone>> = {
  absent: 'quiet',
  opening: 'info',
  ready: 'good',
  busy: 'info',
  failed: 'danger',
}
const shownColumns = ['id', 'kind', 'state', 'driver', 'line', 'problem'] as const

export type DeviceActs = {
  readonly onCopy: (device: Device) => void
  readonly onCheck: (id: string) => void
  readonly onTrace: (id: string) => void
  readonly onUnbind: (device: Device) => void
}

/** The devices of the station, one line each. */
export function DeviceTable({
  devices,
  label,
  ...acts
}: { readonly devices: readonly Device[]; readonly label: string } & DeviceActs) {
  const { t } = useTranslation()
  return (
    <ActedTable label={label} className="devices" columns={shownColumns.map((column) => t(`column.${column}`))}>
      {devices.map((device) => (
        <Row key={device.id} device={device} {...acts} />
      ))}
    </ActedTable>
  )
}

function Row({ device, onCopy, onCheck, onTrace, onUnbind }: { readonly device: Device } & DeviceActs) {
  const { t } = useTranslation()
  const said = useDeviceWords()(device)
  const { id } = device
  const ownLine = device.transport !== 'browser'
  return (
    <tr data-state={device.state}>
      <th scope="row" className="mono">
        {id}
      </th>
      <td className="cell-kind">{said.kind}</td>
      <td className="cell-state">
        <Dot tone={tones[device.state]} />
        {said.state}
        <span className="cell-second">{t('since', { time: said.since })}</span>
      </td>
      <td>
        <span className="mono">{said.driver}</span>
        {device.model !== undefined && <span className="cell-second">{said.model}</span>}
      </td>
      <td className="cell-line">
        <span className="mono">{said.address}</span>
        <span className="cell-second">{said.transport}</span>
      </td>
      <td className="cell-problem">
        {said.problem} {device.problem && <SeeGuideSign code={device.problem} hideCode />}
      </td>
      <td className="cell-acts">
        <div className="row-acts">
          {device.kind !== 'signature-pad' && (
            <Button
              className="button-small"
              icon={<Stethoscope size={16} aria-hidden />}
              label={t('checkRow', { id })}
              onPress={() => onCheck(id)}
            >
              {t('check')}
            </Button>
          )}
          {ownLine && <RowAct icon={Activity} label={t('traceRow', { id })} onPress={() => onTrace(id)} />}
          <RowAct icon={Copy} label={t('copyRow', { id })} onPress={() => onCopy(device)} />
          <RowAct icon={Unplug} label={t('unbindRow', { id })} onPress={() => onUnbind(device)} />
        </div>
      </td>
    </tr>
  )
}

function RowAct({
  icon: Icon,
  label,
  onPress,
}: {
  readonly icon: typeof Copy
  readonly label: string
  readonly onPress: () => void
}) {
  return (
    <span className="row-act" title={label}>
      <Button kind="quiet" icon={<Icon size={16} aria-hidden />} label={label} onPress={onPress}>
        {null}
      </Button>
    </span>
  )
}
