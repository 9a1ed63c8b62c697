import { ScanQrCode } from 'lucide-react'
import { useState, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierState } from '#domain/enrolment/index.ts'
import type { Act } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Pill } from '../../ui/pill.tsx'
import { CameraChoice, CameraView, useBoundLabel } from '../camera/camera-view.tsx'
import { useCamera } from '../camera/use-camera.ts'
import { useScan } from './use-scan.ts'

export type CodePanelProps = {
  readonly state: DossierState
  readonly text: string
  readonly onType: (text: string) => void
  readonly onGive: (text: string) => void
  readonly giving: Act
  readonly inputRef: Ref<HTMLInputElement & HTMLTextAreaElement>
}

/** The card's QR code or MRZ: from a scanner that types, from the document camera, or by hand. */
export function CodePanel({ state, text, onType, onGive, giving, inputRef }: CodePanelProps) {
  const { t } = useTranslation()
  const [scanning, setScanning] = useState(false)
  return (
    <Card
      title={
        <span className="code-title">
          {t('arrival.code')}
          {state.qr && <Pill tone="good">{t('arrival.has-qr')}</Pill>}
          {state.mrz && <Pill tone="good">{t('arrival.has-mrz')}</Pill>}
        </span>
      }
    >
      {scanning ? (
        <Scanner
          onText={(found) => {
            setScanning(false)
            onGive(found)
          }}
        />
      ) : (
        <Field
          label={t('arrival.code-label')}
          className="code-field"
          value={text}
          onChange={onType}
          rows={3}
          inputRef={inputRef}
          placeholder={t('arrival.code-shape')}
          note={t('arrival.code-note')}
          onEnter={() => {
            if (!isWhole(text)) return false
            onGive(text)
            return true
          }}
        />
      )}
      <div className="code-acts">
        <Button keys="Ctrl+Q" onPress={() => setScanning(!scanning)} icon={<ScanQrCode size={18} aria-hidden />}>
          {scanning ? t('arrival.scan-stop') : t('arrival.scan')}
        </Button>
        {!scanning && text.trim() !== '' && (
          <Button onPress={() => onGive(text)} busy={giving.busy}>
            {t('arrival.code-take')}
          </Button>
        )}
      </div>
    </Card>
  )
}

function Scanner({ onText }: { readonly onText: (text: string) => void }) {
  const { t } = useTranslation()
  const camera = useCamera('document-camera', useBoundLabel('document-camera'))
  const { broken } = useScan(camera, onText)
  return (
    <div className="scanner">
      {broken && <Notice kind="doubt">{t('arrival.scan-broken')}</Notice>}
      <CameraView camera={camera} label={t('arrival.scan-picture')}>
        <p className="camera-hint">{t('arrival.scan-hint')}</p>
      </CameraView>
      <CameraChoice camera={camera} />
    </div>
  )
}

/** A QR text ends with the scanner's Enter; an MRZ has three lines of 30, and Enter between them. */
function isWhole(text: string): boolean {
  return text.includes('|') || text.replace(/\s/gu, '').length >= 90
}
