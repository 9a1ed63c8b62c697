import { useTranslation } from 'react-i18next'

const greys = [0, 20, 40, 60, 80, 100]
const millimetres = Array.from({ length: 17 }, (_, index) => index * 10)

/** What the printer's test prints: on paper it is all of this window, on the screen nothing. It names nobody. */
export function TestPage() {
  const { t } = useTranslation()
  return (
    <div className="test-page" aria-hidden>
      <p className="test-page-title">{t('testPage.title')}</p>
      <p>{t('testPage.about')}</p>
      <p className="test-page-letters">ĂÂĐÊÔƠƯ ăâđêôơư áàảãạ ấầẩẫậ ắằẳẵặ 0123456789</p>
      <svg className="test-page-sketch" viewBox="-5 -5 180 110">
        <rect className="test-page-line" x="0" y="0" width="170" height="100" />
        <path className="test-page-line" d="M0 0 L170 100 M170 0 L0 100" />
        <circle className="test-page-line" cx="85" cy="50" r="45" />
        {greys.map((grey, index) => (
          <rect
            key={grey}
            className={`test-page-line test-page-grey-${grey}`}
            x={10 + index * 25}
            y="78"
            width="25"
            height="14"
          />
        ))}
        {millimetres.map((x) => (
          <path key={x} className="test-page-line" d={`M${x} 0 V${x % 50 === 0 ? 8 : 4}`} />
        ))}
      </svg>
      <ul>
        {(['straight', 'dark', 'ruler'] as const).map((line) => (
          <li key={line}>{t(`testPage.${line}`)}</li>
        ))}
      </ul>
    </div>
  )
}
