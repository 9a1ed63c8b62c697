import { useTranslation } from 'react-i18next'
import type { Failure } from '#domain/failure/index.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

const inputs: readonly unknown[] = ['can', 'document-number', 'birth-date', 'expiry-date', 'dates', 'unknown']

/** A chip that did not open: which input is likely wrong, and how many attempts it still grants. */
export function Denied({
  context,
  onLastAttempt,
}: {
  readonly context: Failure['context'] | undefined
  readonly onLastAttempt: () => void
}) {
  const { t } = useTranslation()
  if (!context) return null
  const { reason, likely, attemptsLeft } = context
  if (reason === 'last-attempt') {
    return (
      <Notice kind="danger" acts={<Button onPress={onLastAttempt}>{t('arrival.denied.last-attempt-do')}</Button>}>
        {t('arrival.denied.last-attempt')}
      </Notice>
    )
  }
  const words = [
    reason === 'blocked' && t('arrival.denied.blocked'),
    reason === 'no-pace' && t('arrival.denied.no-key'),
    reason === 'wrong-password' && inputs.includes(likely) && t(`arrival.denied.likely.${String(likely)}`),
    typeof attemptsLeft === 'number' &&
      reason !== 'blocked' &&
      t('arrival.denied.attempts-left', { count: attemptsLeft }),
  ].filter((each) => each !== false)
  return words.length === 0 ? null : <Notice kind="doubt">{words.join(' ')}</Notice>
}
