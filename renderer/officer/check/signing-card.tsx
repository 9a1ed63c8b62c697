import { PenLine } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OfficerView } from '#contract/index.ts'
import { citizenScene } from '#domain/enrolment/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { desk } from '../desk.ts'
import { CannotSign } from './cannot-sign.tsx'
import { SigningException } from './signing-exception.tsx'

/** The signature, or what stands for it; every part of it can be done again or taken back. */
export function SigningCard({ view }: { readonly view: OfficerView }) {
  const { t } = useTranslation()
  const { state } = view
  const { signature, signingException: exception, representative } = state
  const [asking, setAsking] = useState(false)
  const clearing = useAct()
  const dropping = useAct()
  const scene = citizenScene(state)
  const failure = clearing.failure ?? dropping.failure
  const started = signature ?? exception?.mark ?? exception?.witnessed
  return (
    <Card
      title={
        exception ? (
          <span className="excepted-title">
            {t('check.cannot.card', { reason: t(`check.cannot.reason.${exception.reason}`).toLowerCase() })}
          </span>
        ) : (
          t(representative ? 'check.signature-representative' : 'check.signature')
        )
      }
    >
      {exception ? (
        <SigningException state={state} exception={exception} />
      ) : signature ? (
        <img className="signature" src={`/blob/${signature.picture.name}`} alt={t('check.signature-picture')} />
      ) : (
        <p className="signature signature-none">
          <PenLine size={20} aria-hidden />{' '}
          {scene.scene === 'sign' ? t(`check.signing-${scene.who}`) : t('check.sign-later')}
        </p>
      )}
      {failure && <FailureNotice code={failure.code} />}
      <div className="side-acts">
        {started && (
          <Button
            keys="Ctrl+K"
            onPress={() => void clearing.run(() => desk.call.clearSignature({}))}
            busy={clearing.busy}
          >
            {t(exception ? 'check.mark.redo' : 'check.sign-again')}
          </Button>
        )}
        {!signature && (
          <Button keys="Ctrl+U" onPress={() => setAsking(true)}>
            {t(exception ? 'check.cannot.change' : 'check.cannot.open')}
          </Button>
        )}
        {exception && (
          <Button onPress={() => void dropping.run(() => desk.call.dropSigningException({}))} busy={dropping.busy}>
            {t('check.cannot.drop')}
          </Button>
        )}
      </div>
      {asking && <CannotSign view={view} onClose={() => setAsking(false)} />}
    </Card>
  )
}
