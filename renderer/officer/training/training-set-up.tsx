import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tidyText } from '#domain/person/index.ts'
import { useAct } from '../../state/act.ts'
import { Field } from '../../ui/field.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { NextButton, Screen } from '../frame/screen.tsx'
import { PassphraseAgain } from '../station/passphrase-again.tsx'

/** The only code of a training station, and of no real one. */
const trainingCode = 'LT-0000'

/** The first start of the training program: it makes its own centre, so that nobody's certificate is asked for. */
export function TrainingSetUp() {
  const { t } = useTranslation()
  const act = useAct()
  const [name, setName] = useState(() => t('training:setup.name'))
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')

  const complete = tidyText(name) !== '' && passphrase !== '' && passphrase === again
  const setUp = () =>
    void act.run(() =>
      desk.call.setUpStation({ code: trainingCode, name: tidyText(name), passphrase, receiverCertificate: '' }),
    )

  return (
    <Screen
      title={t('training:setup.title')}
      task={t('training:setup.task')}
      focusInside
      notice={
        act.failure ? (
          <FailureNotice code={act.failure.code} />
        ) : (
          <Notice kind="info">{t('training:setup.centre')}</Notice>
        )
      }
      right={
        <NextButton keys="Enter" onPress={setUp} busy={act.busy} isDisabled={!complete}>
          {act.busy ? t('station.new.busy') : t('training:setup.do')}
        </NextButton>
      }
    >
      <div className="form-two">
        <div className="field">
          <p className="field-label">{t('station.code')}</p>
          <p className="setup-code">{trainingCode}</p>
          <p className="field-note">{t('training:setup.code-note')}</p>
        </div>
        <Field
          label={t('station.name')}
          value={name}
          onChange={setName}
          note={t('training:setup.name-note')}
          maxLength={150}
        />
        <Field
          label={t('training:setup.passphrase')}
          type="password"
          value={passphrase}
          onChange={setPassphrase}
          note={t('training:setup.passphrase-note')}
          autoFocus
          maxLength={200}
        />
        <PassphraseAgain passphrase={passphrase} value={again} onChange={setAgain} />
      </div>
    </Screen>
  )
}
