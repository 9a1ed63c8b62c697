import { FileCheck, FileUp } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { tidyText } from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { NextButton, Screen } from '../frame/screen.tsx'
import { PassphraseAgain } from './passphrase-again.tsx'

const largestCertificate = 64 * 1024

/** The first start: who this station is, what opens it, and for whom files are sealed. */
export function SetUp() {
  const { t } = useTranslation()
  const act = useAct()
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [certificate, setCertificate] = useState<{ readonly file: string; readonly text: string }>()
  const [tooLarge, setTooLarge] = useState(false)

  const codeFits = /^[A-Z]{2}-\d{4}$/u.test(code)
  const complete =
    codeFits && tidyText(name) !== '' && passphrase !== '' && passphrase === again && certificate !== undefined
  const setUp = () =>
    void act.run(() =>
      desk.call.setUpStation({ code, name: tidyText(name), passphrase, receiverCertificate: certificate?.text ?? '' }),
    )
  const readCertificate = async (file: File | undefined) => {
    if (!file) return
    setTooLarge(file.size > largestCertificate)
    if (file.size <= largestCertificate) setCertificate({ file: file.name, text: await file.text() })
  }

  return (
    <Screen
      title={t('station.new.title')}
      task={t('station.new.task')}
      focusInside
      notice={act.failure && <FailureNotice code={act.failure.code} />}
      right={
        <NextButton keys="Enter" onPress={setUp} busy={act.busy} isDisabled={!complete}>
          {act.busy ? t('station.new.busy') : t('station.new.do')}
        </NextButton>
      }
    >
      <div className="form-two">
        <Field
          label={t('station.code')}
          value={code}
          onChange={(text) => setCode(text.toUpperCase())}
          note={t('station.code-note')}
          noteTone={code !== '' && !codeFits ? 'doubt' : 'quiet'}
          autoFocus
          maxLength={7}
        />
        <Field
          label={t('station.name')}
          value={name}
          onChange={setName}
          note={t('station.name-note')}
          maxLength={200}
        />
        <Field
          label={t('station.passphrase')}
          type="password"
          value={passphrase}
          onChange={setPassphrase}
          note={t('station.passphrase-note')}
          maxLength={200}
        />
        <PassphraseAgain passphrase={passphrase} value={again} onChange={setAgain} />
        <div className="field form-wide">
          <p className="field-label">{t('station.certificate')}</p>
          <div className="form-file">
            <FileTrigger
              acceptedFileTypes={['.pem', '.crt', '.cer', '.txt']}
              onSelect={(files) => void readCertificate(files?.[0])}
            >
              <Button
                onPress={() => {}}
                icon={certificate ? <FileCheck size={18} aria-hidden /> : <FileUp size={18} aria-hidden />}
              >
                {certificate ? t('station.certificate-other') : t('station.certificate-choose')}
              </Button>
            </FileTrigger>
            <p
              className={`field-note ${tooLarge ? 'field-note-danger' : certificate ? 'field-note-good' : ''}`}
              role="status"
            >
              {tooLarge
                ? t('station.certificate-large')
                : certificate
                  ? certificate.file
                  : t('station.certificate-note')}
            </p>
          </div>
        </div>
      </div>
    </Screen>
  )
}
