import type { ReactNode } from 'react'

const reader = (
  <>
    <rect className="sketch-tint" x="46" y="92" width="148" height="62" rx="10" />
    <path className="sketch-soft" d="M70 154 H170" />
  </>
)
const platen = (
  <>
    <rect className="sketch-tint" x="52" y="104" width="136" height="52" rx="8" />
    <rect className="sketch-glass" x="80" y="96" width="80" height="14" rx="4" />
  </>
)
const finger = <path className="sketch-fill" d="M104 18 V76 a16 16 0 0 0 32 0 V18 Z" />
const card = (
  <>
    <rect className="sketch-card" x="76" y="30" width="88" height="54" rx="6" />
    <rect className="sketch-chip" x="88" y="48" width="18" height="14" rx="3" />
  </>
)
const down = <path className="sketch-arrow" d="M212 40 V84 M200 72 L212 86 L224 72" />
const up = <path className="sketch-arrow" d="M212 86 V42 M200 54 L212 40 L224 54" />

const camera = (
  <>
    <rect className="sketch-tint" x="24" y="58" width="62" height="58" rx="10" />
    <circle className="sketch-glass" cx="74" cy="87" r="20" />
  </>
)
const sheet = <rect className="sketch-card" x="138" y="30" width="80" height="114" rx="4" />
const speaker = <path className="sketch-tint" d="M96 70 h22 l30 -26 v84 l-30 -26 h-22 Z" />

const sketches: Readonly<Record<string, ReactNode>> = {
  nothing: (
    <>
      <circle className="sketch-soft" cx="120" cy="88" r="52" />
      <path className="sketch-arrow" d="M120 56 V90 L144 104" />
    </>
  ),
  'lay-test-card': (
    <>
      {reader}
      {card}
      {down}
    </>
  ),
  'take-card-away': (
    <>
      {reader}
      {card}
      {up}
    </>
  ),
  'clean-and-clear-platen': (
    <>
      {platen}
      <rect className="sketch-fill" x="86" y="62" width="52" height="34" rx="8" transform="rotate(-14 112 79)" />
      <path className="sketch-arrow" d="M58 60 C90 26 150 26 182 60 M182 60 L180 42 M182 60 L164 58" />
    </>
  ),
  'lay-finger': (
    <>
      {platen}
      {finger}
      {down}
    </>
  ),
  'lift-finger': (
    <>
      {platen}
      <g transform="translate(0 -14)">{finger}</g>
      {up}
    </>
  ),
  'lay-target': (
    <>
      {platen}
      <rect className="sketch-card" x="78" y="30" width="84" height="50" rx="3" />
      <path className="sketch-soft" d="M92 38 V72 M106 38 V72 M120 38 V72 M134 38 V72 M148 38 V72" />
      {down}
    </>
  ),
  'scan-a-code': (
    <>
      <rect className="sketch-card" x="128" y="82" width="76" height="76" rx="6" />
      <path
        className="sketch-bars"
        d="M142 96 h16 v16 h-16 Z M174 96 h16 v16 h-16 Z M142 128 h16 v16 h-16 Z M174 128 h6 v6 h-6 Z M186 138 h6 v6 h-6 Z"
      />
      <path
        className="sketch-fill"
        d="M34 40 h52 a10 10 0 0 1 10 10 v14 a10 10 0 0 1 -10 10 h-18 v46 h-22 v-46 h-12 Z"
      />
      <path className="sketch-arrow" d="M104 62 L126 88" />
    </>
  ),
  'press-shutter': (
    <>
      <rect className="sketch-tint" x="56" y="66" width="128" height="86" rx="12" />
      <circle className="sketch-glass" cx="120" cy="110" r="26" />
      <rect className="sketch-fill" x="142" y="52" width="28" height="14" rx="4" />
      {down}
    </>
  ),
  'hold-text': (
    <>
      {camera}
      {sheet}
      <path className="sketch-soft" d="M152 52 H204 M152 70 H204 M152 88 H196 M152 106 H204 M152 124 H182" />
      <path className="sketch-arrow" d="M102 87 H128" />
    </>
  ),
  'hold-white-sheet': (
    <>
      {camera}
      {sheet}
      <path className="sketch-arrow" d="M102 87 H128" />
    </>
  ),
  'camera-opens': camera,
  'camera-watched': camera,
  'camera-measures': camera,
  'tone-left': (
    <>
      {speaker}
      <path className="sketch-arrow" d="M78 58 Q62 86 78 114 M58 44 Q34 86 58 128" />
    </>
  ),
  'tone-right': (
    <>
      <g transform="translate(240 0) scale(-1 1)">{speaker}</g>
      <path className="sketch-arrow" d="M162 58 Q178 86 162 114 M182 44 Q206 86 182 128" />
    </>
  ),
  'keep-quiet': (
    <>
      <rect className="sketch-glass" x="102" y="26" width="36" height="72" rx="18" />
      <path className="sketch-soft" d="M84 80 Q86 116 120 116 Q154 116 156 80 M120 116 V146 M96 146 H144" />
    </>
  ),
  'speak-aloud': (
    <>
      <rect className="sketch-glass" x="132" y="26" width="36" height="72" rx="18" />
      <path className="sketch-soft" d="M114 80 Q116 116 150 116 Q184 116 186 80 M150 116 V146 M126 146 H174" />
      <path className="sketch-arrow" d="M44 62 H96 M44 86 H84 M44 110 H96" />
    </>
  ),
}

/** A drawing of what is to be done; the words beside it say the same. */
export function PromptPictogram({ prompt }: { readonly prompt: string }) {
  return (
    <svg className="sketch" viewBox="0 0 240 172" aria-hidden>
      {Object.hasOwn(sketches, prompt) ? sketches[prompt] : sketches['nothing']}
    </svg>
  )
}
