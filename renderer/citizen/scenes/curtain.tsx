import { useWords } from '../words.ts'

/** The officer has drawn the curtain: nothing of anybody, and nothing to do. */
export function Curtain() {
  const { t } = useWords()
  return (
    <section className="scene scene-calm scene-curtain">
      <svg className="pictogram" viewBox="0 0 300 260" aria-hidden>
        <path
          className="pic-tint"
          d="M34 36 H266 V224 C250 240 230 240 212 228 C194 240 170 240 150 228 C130 240 106 240 88 228 C70 240 50 240 34 224 Z"
        />
        <path className="pic-edge" d="M150 36 V228 M72 60 V206 M111 60 V206 M189 60 V206 M228 60 V206" />
        <path className="pic-handle" d="M16 28 H284" />
      </svg>
      <h1 className="heading">{t('curtain.heading')}</h1>
    </section>
  )
}
