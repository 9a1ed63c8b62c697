import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { BigButton } from '../big-button.tsx'
import { useWords } from '../words.ts'

type Props = {
  readonly name: string
  readonly className: string
  /** Whether the picture is on the screen. */
  readonly onShown?: (shown: boolean) => void
}

/** The portrait of the dossier; where it cannot be shown, a way to fetch it again. */
export function Picture({ name, className, onShown }: Props) {
  const { t } = useWords()
  const [tries, setTries] = useState(0)
  const [failed, setFailed] = useState(false)
  if (failed)
    return (
      <BigButton
        className={`${className} picture-again`}
        label={t('page.pictureAgain')}
        icon={<RotateCw size={48} strokeWidth={2.5} aria-hidden />}
        onPress={() => {
          setFailed(false)
          setTries(tries + 1)
        }}
      />
    )
  return (
    <img
      key={tries}
      className={className}
      src={`/blob/${name}`}
      alt={t('sign.portrait')}
      draggable={false}
      onLoad={() => onShown?.(true)}
      onError={() => {
        setFailed(true)
        onShown?.(false)
      }}
    />
  )
}
