import { ClipboardCopy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallInput, PluggedInView, Surroundings } from '#contract/index.ts'
import { Button } from '../../ui/button.tsx'
import { SeeGuide } from '../../ui/guide/see-guide.tsx'
import { Notice } from '../../ui/notice.tsx'
import { CallNotice, useCallWords } from '../call-notice.tsx'
import { tabSeparated } from '../copy.ts'
import { useCopy } from '../copying.ts'
import { InView } from '../in-view.tsx'
import { PageHead } from '../page-head.tsx'
import { BindDialog } from './bind-dialog.tsx'
import { DeviceTable } from './device-table.tsx'
import { columns, useDeviceWords, type Device } from './device-words.ts'
import { OtherParts } from './other-parts.tsx'
import { PartsTable } from './parts-table.tsx'
import { PluggedInTable } from './plugged-in-table.tsx'
import { pluggedColumns, usePluggedWords } from './plugged-words.ts'
import { UnbindDialog } from './unbind-dialog.tsx'
import { useParts } from './use-parts.ts'
import { usePluggedIn } from './use-plugged-in.ts'

/** What the station has, what is plugged in, and how one becomes the other. */
export function DevicesPage({
  surroundings,
  unreachable,
  onAsk,
  onCheck,
  onTrace,
  onCheckPart,
}: {
  readonly surroundings: Surroundings | undefined
  readonly unreachable: boolean
  readonly onAsk: () => void
  readonly onCheck: (id: string) => void
  readonly onTrace: (id: string) => void
  readonly onCheckPart: (wish: CallInput<'checkPart'>) => void
}) {
  const { t } = useTranslation()
  const copy = useCopy()
  const deviceWords = useDeviceWords()
  const pluggedWords = usePluggedWords()
  const callWords = useCallWords()
  const { plugged, unlisted, asking, asked, failure, proposalsOf, probe, stop } = usePluggedIn()
  const parts = useParts()
  const [binding, setBinding] = useState<PluggedInView>()
  const [unbinding, setUnbinding] = useState<Device>()
  /** `times`: how often something was bound, so that each is scrolled to. */
  const [bound, setBound] = useState<{ readonly id: string; readonly times: number }>()
  const devices = surroundings?.devices ?? []
  // What is not yet a device of the station comes first: it is what somebody looks for.
  const listed = (plugged.value ?? []).toSorted(
    (one, other) => Number(one.boundTo !== undefined) - Number(other.boundTo !== undefined),
  )

  const deviceLines = (rows: readonly Device[]) =>
    tabSeparated([
      columns.map((column) => t(`column.${column}`)),
      ...rows.map((row) => columns.map((column) => deviceWords(row)[column])),
    ])
  const pluggedLines = (rows: readonly PluggedInView[]) =>
    tabSeparated([
      pluggedColumns.map((column) => t(`plugged.column.${column}`)),
      ...rows.map((row) => pluggedColumns.map((column) => pluggedWords(row, proposalsOf(row))[column])),
    ])

  return (
    <>
      <PageHead
        title={t('page.devices')}
        line={t('line')}
        acts={
          <Button
            keys="Alt+C"
            icon={<ClipboardCopy size={18} aria-hidden />}
            isDisabled={devices.length + listed.length === 0}
            onPress={() => copy(`${deviceLines(devices)}\n\n${pluggedLines(listed)}`, t('bothTables'))}
          >
            {t('copy')}
          </Button>
        }
      />
      <div className="page-body">
        {unreachable && (
          <Notice kind="doubt" urgent acts={<Button onPress={onAsk}>{t('retry')}</Button>}>
            {t('unreachable')}
          </Notice>
        )}
        {surroundings && surroundings.host !== 'running' && (
          <Notice kind={surroundings.host === 'failed' ? 'danger' : 'doubt'} urgent>
            {t(`hostHelp.${surroundings.host}`)}
          </Notice>
        )}
        {surroundings && (surroundings.citizenScreen === 'no-display' || surroundings.citizenScreen === 'unchosen') && (
          <Notice kind="doubt">{t(`screenHelp.${surroundings.citizenScreen}`)}</Notice>
        )}
        {bound && (
          <InView key={bound.times}>
            <Notice
              kind="info"
              acts={
                <Button className="button-small" onPress={() => onCheck(bound.id)}>
                  {t('bind.check')}
                </Button>
              }
            >
              {t('bind.done', { id: bound.id })}
            </Notice>
          </InView>
        )}
        {!surroundings && !unreachable && <p className="page-line">{t('loading')}</p>}
        <h2>{t('devices')}</h2>
        {surroundings && devices.length === 0 && <Notice kind="info">{t('noDevices')}</Notice>}
        {devices.length > 0 && (
          <DeviceTable
            devices={devices}
            label={t('devices')}
            onCopy={(device) => copy(deviceLines([device]), device.id)}
            onCheck={onCheck}
            onTrace={onTrace}
            onUnbind={setUnbinding}
          />
        )}
        <h2>{t('plugged.title')}</h2>
        {failure && (
          <InView key={failure.address}>
            <p className="page-line">{t('plugged.probed', { name: failure.address })}</p>
            <CallNotice code={failure.code} />
          </InView>
        )}
        {plugged.failed && (
          <Notice kind="doubt" acts={<Button onPress={plugged.ask}>{t('retry')}</Button>}>
            {t('plugged.unreachable')}
          </Notice>
        )}
        {unlisted.map(({ transport, problem }) => (
          <Notice key={transport} kind="doubt">
            <p>
              <strong>{t('plugged.unlisted', { transport: t(`transport.${transport}`) })}</strong>{' '}
              {t(`plugged.unlistedWhy.${problem}`, { defaultValue: callWords(problem).title })}{' '}
              <SeeGuide code={problem} />
            </p>
          </Notice>
        ))}
        {plugged.value?.length === 0 && <Notice kind="info">{t('plugged.nothing')}</Notice>}
        {listed.length > 0 && (
          <PluggedInTable
            plugged={listed}
            label={t('plugged.title')}
            proposalsOf={proposalsOf}
            asking={asking}
            asked={asked}
            onProbe={(one) => void probe(one)}
            onStop={(one) => stop(one.key)}
            onBind={setBinding}
            onCopy={(one) => copy(pluggedLines([one]), one.address)}
          />
        )}
        {parts && <PartsTable parts={parts} onCheck={onCheckPart} />}
        {surroundings && <OtherParts surroundings={surroundings} />}
      </div>
      {binding && (
        <BindDialog
          one={binding}
          proposals={proposalsOf(binding)}
          taken={devices.map(({ id }) => id)}
          onClose={(id) => {
            setBinding(undefined)
            setBound((before) => (id === undefined ? undefined : { id, times: (before?.times ?? 0) + 1 }))
          }}
        />
      )}
      {unbinding && <UnbindDialog device={unbinding} onClose={() => setUnbinding(undefined)} />}
    </>
  )
}
