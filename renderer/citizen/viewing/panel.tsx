import { useTranslation } from 'react-i18next'
import { textSizes } from '#domain/enrolment/index.ts'
import { useViewing } from '../view.ts'
import { ChoiceRow } from './choice-row.tsx'
import { paces, type Pace } from './scanning.ts'
import { Sheet } from './sheet.tsx'

type Props = { readonly pace: Pace; readonly onPace: (pace: Pace) => void; readonly onClose: () => void }

/** How this screen speaks to the person before it. Every choice is shown at once. */
export function ViewingPanel({ pace, onPace, onClose }: Props) {
  const { t } = useTranslation()
  const { viewing, choose } = useViewing()
  const yesNo = [
    { value: true, label: t('viewing.on') },
    { value: false, label: t('viewing.off') },
  ]
  return (
    <Sheet title={t('viewing.heading')} onClose={onClose}>
      <div className="choice-rows">
        <ChoiceRow
          title={t('viewing.textSize')}
          options={textSizes.map((size) => ({ value: size, label: t('viewing.percent', { size }) }))}
          chosen={viewing.textSize}
          onChoose={(textSize) => choose({ textSize })}
        />
        <ChoiceRow
          title={t('viewing.contrast')}
          options={[
            { value: 'usual', label: t('viewing.usual') },
            { value: 'high', label: t('viewing.high') },
          ]}
          chosen={viewing.contrast}
          onChoose={(contrast) => choose({ contrast })}
        />
        <ChoiceRow
          title={t('viewing.sound')}
          options={yesNo}
          chosen={viewing.sound}
          onChoose={(sound) => choose({ sound })}
        />
        <ChoiceRow
          title={t('viewing.hand')}
          options={[
            { value: 'left', label: t('viewing.left') },
            { value: 'right', label: t('viewing.right') },
          ]}
          chosen={viewing.hand}
          onChoose={(hand) => choose({ hand })}
        />
        <ChoiceRow
          title={t('viewing.scanning')}
          line={t('viewing.scanningLine')}
          options={yesNo}
          chosen={viewing.scanning}
          onChoose={(scanning) => choose({ scanning })}
        />
        <ChoiceRow
          title={t('viewing.pace')}
          options={paces.map((seconds) => ({ value: seconds, label: t('viewing.seconds', { seconds }) }))}
          chosen={pace}
          onChoose={onPace}
        />
      </div>
    </Sheet>
  )
}
