import { useWords } from '../words.ts'

/** The officer has drawn the curtain: nothing of anybody, and nothing to do. */
export function Curtain() {
  const { t } = useWords()
  return (
    <section className="scene scene-calm scene-curtain">
      <svg className="pictogram" viewBox="0 0 300 260" aria-hidden>
        <path
          className="pic-tint"
          d="M30 36 H140 C140 140 110 200 44 244 H30 Z M270 36 H160 C160 140 190 200 256 244 H270 Z"
        />
        <path
          className="pic-line"
          d="M66 36 V226 M104 36 C104 120 92 170 74 214 M234 36 V226 M196 36 C196 120 208 170 226 214"
        />
        <path className="pic-handle" d="M16 28 H284" />
      </svg>
      <h1 className="heading">{t('curtain.heading')}</h1>
    </section>
  )
}
