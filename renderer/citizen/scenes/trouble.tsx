import { BigButton } from '../big-button.tsx'
import { useWords } from '../words.ts'

type Props = { readonly line: string; readonly onPress?: () => void; readonly live?: boolean }

/** Something did not work: what to do next, and where possible the way to do it. */
export function Trouble({ line, onPress, live = true }: Props) {
  const { t } = useWords()
  return (
    <div className="trouble" role="alert">
      <p>{line}</p>
      {onPress && (
        <BigButton onPress={onPress} live={live}>
          {t('tryAgain')}
        </BigButton>
      )}
    </div>
  )
}
