import { useTranslation } from 'react-i18next'
import type { Failure } from '#domain/failure/index.ts'
import { Button } from '../../ui/button.tsx'
import { SeeGuide, SeeGuideSign } from '../../ui/guide/see-guide.tsx'
import { Notice, useFailureWords } from '../../ui/notice.tsx'

const inputs: readonly unknown[] = ['can', 'document-number', 'birth-date', 'expiry-date', 'dates', 'unknown']

export type DeniedProps = { readonly context: Failure['context']; readonly onLastAttempt: () => void }

/** A chip that did not open: which input is likely wrong, and how many attempts it still grants. */
export function Denied({ context, onLastAttempt }: DeniedProps) {
  const { t } = useTranslation()
  const { title, advice } = useFailureWords()('CHIP_ACCESS_DENIED')
  const { reason, likely, attemptsLeft } = context
  const last = reason === 'last-attempt'
  const words = [
    last && t('arrival.denied.last-attempt'),
    reason === 'blocked' && t('arrival.denied.blocked'),
    reason === 'no-pace' && t('arrival.denied.no-key'),
    reason === 'wrong-password' && inputs.includes(likely) && t(`arrival.denied.likely.${String(likely)}`),
    reason === 'wrong-password' &&
      typeof attemptsLeft === 'number' &&
      t('arrival.denied.attempts-left', { count: attemptsLeft }),
  ].filter((each) => each !== false)
  return (
    <Notice
      kind="danger"
      urgent
      {...(last && { acts: <Button onPress={onLastAttempt}>{t('arrival.denied.last-attempt-do')}</Button> })}
    >
      <p>
        <strong>{title}.</strong> {words.length > 0 ? words.join(' ') : advice}{' '}
        {last ? <SeeGuideSign code="CHIP_ACCESS_DENIED" /> : <SeeGuide code="CHIP_ACCESS_DENIED" />}
      </p>
    </Notice>
  )
}
