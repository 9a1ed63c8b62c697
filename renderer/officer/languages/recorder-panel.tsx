import { ChevronRight, Mic, Play, Square, Trash2 } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudioSentence } from '#contract/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useKey } from '../../ui/keys.ts'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { limits, meterHeight } from '../../state/sound-level.ts'
import type { Microphone } from './microphone.ts'
import { OwnText } from './own-text.tsx'
import { usePlaying } from './use-playing.ts'
import { useRecorder, type Recorder } from './use-recorder.ts'

export type RecorderPanelProps = {
  readonly language: string
  readonly sentence: StudioSentence
  readonly microphone: Microphone
  /** Something was saved or taken away. */
  readonly onChange: () => void
  /** Undefined when every sentence is recorded. */
  readonly onNextMissing: (() => void) | undefined
  /** While a recording runs, no other sentence can be chosen. */
  readonly onBusy: (busy: boolean) => void
}

/** One sentence: what to say, the recording, and the words in the language itself. */
export function RecorderPanel(props: RecorderPanelProps) {
  const { language, sentence, microphone, onChange, onNextMissing, onBusy } = props
  const { t } = useTranslation()
  const playing = usePlaying()
  const dropping = useAct()
  const recorder = useRecorder(microphone, { language, key: sentence.key, onSaved: onChange })
  const { phase, held } = recorder
  const { recording } = sentence
  const url = held?.url ?? (recording && `/audio/${language}/${sentence.key}?at=${encodeURIComponent(recording.at)}`)
  const busy = phase !== 'idle'
  useEffect(() => onBusy(busy), [busy, onBusy])

  const toggle = () => {
    playing.stop()
    dropping.clear()
    recorder.toggle()
  }
  const drop = async () => {
    playing.stop()
    if (await dropping.run(() => desk.call.dropRecording({ language, key: sentence.key }))) onChange()
  }
  return (
    <section className="recorder" aria-label={t('studio.sentence')}>
      <p className="recorder-hint">{sentence.hint}</p>
      <p className="recorder-says" lang="vi">
        {sentence.vietnamese}
      </p>
      <OwnText key={sentence.key} language={language} sentence={sentence} onSaved={onChange} />
      <RecordButton recorder={recorder} again={recording !== undefined || held !== undefined} onPress={toggle} />
      {phase === 'recording' ? <Meter recorder={recorder} /> : <State recorder={recorder} sentence={sentence} />}
      <Findings recorder={recorder} />
      {playing.state === 'failed' && <Notice kind="danger">{t('studio.unplayable')}</Notice>}
      {dropping.failure && <FailureNotice code={dropping.failure.code} />}
      <div className="recorder-acts">
        <Button
          keys="L"
          icon={playing.state === 'playing' ? <Square size={16} aria-hidden /> : <Play size={16} aria-hidden />}
          onPress={() => url !== undefined && playing.toggle(url)}
          isDisabled={url === undefined || busy}
        >
          {t(playing.state === 'playing' ? 'studio.hush' : 'studio.listen')}
        </Button>
        <Button
          keys="Delete"
          icon={<Trash2 size={16} aria-hidden />}
          onPress={() => void drop()}
          isDisabled={!recording || busy}
          busy={dropping.busy}
        >
          {t('studio.drop')}
        </Button>
        <Button
          keys="N"
          icon={<ChevronRight size={16} aria-hidden />}
          onPress={() => onNextMissing?.()}
          isDisabled={!onNextMissing || busy}
        >
          {t('studio.next-missing')}
        </Button>
      </div>
    </section>
  )
}

function RecordButton({
  recorder: { phase, cancel },
  again,
  onPress,
}: {
  readonly recorder: Recorder
  readonly again: boolean
  readonly onPress: () => void
}) {
  const { t } = useTranslation()
  const live = phase === 'idle' || phase === 'recording'
  useKey('Space', onPress, live)
  const words = { idle: again ? 'again' : 'record', opening: 'opening', recording: 'stop', saving: 'saving' }[phase]
  return (
    <div className="recorder-record" data-phase={phase}>
      {phase === 'recording' && <Cancelling cancel={cancel} />}
      <Button
        kind={phase === 'recording' ? 'danger' : 'next'}
        keys="R"
        icon={phase === 'recording' ? <Square size={18} aria-hidden /> : <Mic size={18} aria-hidden />}
        onPress={onPress}
        busy={!live}
      >
        {t(`studio.${words}`)}
      </Button>
      <p className="recorder-keys">
        {t('studio.or')} <KeyHint keys="Space" />
        {phase === 'recording' && (
          <>
            {' · '}
            <KeyHint keys="Escape" /> {t('studio.cancel')}
          </>
        )}
      </p>
    </div>
  )
}

/** While a recording runs, the key that closes the studio gives only the recording up. */
function Cancelling({ cancel }: { readonly cancel: () => void }) {
  useKey('Escape', cancel)
  return null
}

function Meter({ recorder: { rms, seconds } }: { readonly recorder: Recorder }) {
  const { t } = useTranslation()
  const height = Math.round(100 * meterHeight(rms))
  const zone = rms < limits.quietRms ? 'low' : height > 92 ? 'high' : 'good'
  return (
    <div className="recorder-state">
      <p>
        <span className="recorder-seconds" data-testid="seconds">
          {tenths(seconds)}
        </span>{' '}
        {t('studio.seconds')} · {t(`studio.level.${zone}`)}
      </p>
      <div
        className="recorder-meter"
        role="meter"
        aria-label={t('studio.level.label')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={height}
      >
        <div className="recorder-level" data-zone={zone} style={{ width: `${height}%` }} />
      </div>
    </div>
  )
}

function State({
  recorder: { saved, held },
  sentence: { recording, missed },
}: {
  readonly recorder: Recorder
  readonly sentence: StudioSentence
}) {
  const { t } = useTranslation()
  const words =
    held !== undefined
      ? t('studio.state.unsaved')
      : saved !== undefined && recording
        ? t('studio.state.saved', { seconds: tenths(saved) })
        : recording
          ? t('studio.state.recorded', { seconds: tenths(recording.seconds) })
          : t('studio.state.missing')
  return (
    <div className="recorder-state" role="status">
      <p data-tone={held !== undefined ? 'doubt' : recording ? 'good' : 'quiet'}>{words}</p>
      {missed > 0 && !recording && <p data-tone="doubt">{t('studio.missed', { count: missed })}</p>}
    </div>
  )
}

function Findings({ recorder: { problem, failure, held, keep, phase } }: { readonly recorder: Recorder }) {
  const { t } = useTranslation()
  const acts = held && phase === 'idle' && (
    <Button keys="S" onPress={keep}>
      {t(failure === undefined ? 'studio.keep' : 'studio.save-again')}
    </Button>
  )
  if (failure !== undefined) return <FailureNotice code={failure} acts={acts} />
  if (problem === undefined) return null
  return (
    <Notice kind={held ? 'doubt' : 'danger'} acts={acts} urgent>
      {t(`studio.problem.${problem}`)}
    </Notice>
  )
}

/** 2.14 as 2,1. */
export function tenths(seconds: number): string {
  return seconds.toFixed(1).replace('.', ',')
}
