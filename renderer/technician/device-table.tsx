import { Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { Dot, type Tone } from '../ui/pill.tsx'
import { columns, useDeviceWords, type Column, type Device } from './device-words.ts'

const tones: Readonly<Record<Device['state'], Tone>> = {
  absent: 'quiet',
  opening: 'info',
  ready: 'good',
  busy: 'info',
  failed: 'danger',
}
const monospaced: ReadonlySet<Column> = new Set(['id', 'driver', 'address'])

export function DeviceTable({
  devices,
  onCopy,
}: {
  readonly devices: readonly Device[]
  readonly onCopy: (device: Device) => void
}) {
  const { t } = useTranslation()
  const words = useDeviceWords()
  return (
    <div className="table-frame" role="region" tabIndex={0} aria-label={t('devices')}>
      <table className="devices">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`column.${column}`)}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{t('column.copy')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {devices.map((device) => {
            const said = words(device)
            return (
              <tr key={device.id} data-state={device.state}>
                {columns.map((column) =>
                  column === 'id' ? (
                    <th key={column} scope="row" className="mono">
                      {said.id}
                    </th>
                  ) : (
                    <td key={column} className={`cell-${column} ${monospaced.has(column) ? 'mono' : ''}`}>
                      {column === 'state' && <Dot tone={tones[device.state]} />}
                      {said[column]}
                    </td>
                  ),
                )}
                <td>
                  <Button
                    kind="quiet"
                    icon={<Copy size={16} aria-hidden />}
                    label={t('copyRow', { id: device.id })}
                    onPress={() => onCopy(device)}
                  >
                    {null}
                  </Button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
