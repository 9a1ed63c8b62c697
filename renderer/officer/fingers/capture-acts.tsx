import { useTranslation } from 'react-i18next'
import { isFinished } from '#domain/enrolment/index.ts'
import { Button } from '../../ui/button.tsx'
import { useKey } from '../../ui/keys.ts'
import { NextButton } from '../frame/screen.tsx'
import { stepBefore, type StepProps } from '../step.ts'
import type { Capturing } from './use-capturing.ts'
import { useFingerWords } from './words.ts'

/** The acts at the lower right: stop and shoot while the scanner works, else take, take again, go on. */
export function CaptureActs({
  capturing,
  formOpen,
  leave,
  leaving,
}: Omit<StepProps, 'view'> & {
  readonly capturing: Capturing
  /** A reason is being written. */
  readonly formOpen: boolean
}) {
  const { t } = useTranslation()
  const words = useFingerWords()
  const { step, standing, next, underWay, capture, chain } = capturing
  const done = isFinished(standing)
  const again = done || standing === 'doubtful'
  const mayRetake = !underWay && !formOpen && standing !== 'excepted'
  // A weak step is taken again with the green act; its key works all the same.
  useKey('Ctrl+R', () => capture(step), mayRetake)
  if (underWay) {
    return (
      <>
        <Button keys="Escape" onPress={capturing.stop} busy={capturing.stopping}>
          {t('fingers.stop')}
        </Button>
        <Button keys="Space" onPress={capturing.shoot} busy={capturing.shooting}>
          {t('fingers.shoot')}
        </Button>
        <NextButton keys="Enter" onPress={() => {}} busy>
          {t('fingers.capturing')}
        </NextButton>
      </>
    )
  }
  return (
    <>
      <Button keys="Escape" onPress={() => (chain.runs ? chain.end() : leave(stepBefore('fingers')))} busy={leaving}>
        {t(chain.runs ? 'fingers.stop' : 'back')}
      </Button>
      {again && (
        <Button keys="Ctrl+R" onPress={() => capture(step)} isDisabled={!mayRetake}>
          {t('fingers.retake')}
        </Button>
      )}
      {done && next === undefined && capturing.progress.open === undefined ? (
        <NextButton keys="Enter" onPress={() => leave('check')} busy={leaving}>
          {t('fingers.next')}
        </NextButton>
      ) : standing === 'doubtful' ? (
        <NextButton keys="Enter" onPress={() => {}} isDisabled>
          {t('fingers.decide')}
        </NextButton>
      ) : done && next === undefined ? (
        <NextButton keys="Enter" onPress={() => capturing.choose(capturing.progress.open ?? step)}>
          {t('fingers.to-doubt')}
        </NextButton>
      ) : (
        <NextButton keys="Enter" onPress={() => capture(done && next ? next : step)} isDisabled={formOpen}>
          {done && next
            ? t('fingers.take-and-go', { step: words.taken(step), next: words.name(next) })
            : words.take(step, standing === 'weak')}
        </NextButton>
      )}
    </>
  )
}
