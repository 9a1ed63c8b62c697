type Props = { readonly className?: string }

/** An identity card: portrait, chip, lines. */
export function CardPictogram({ className = '' }: Props) {
  return (
    <svg className={className} viewBox="0 0 360 240" aria-hidden>
      <rect className="pic-tint" x="12" y="12" width="336" height="216" rx="26" />
      <rect className="pic-edge" x="12" y="12" width="336" height="216" rx="26" />
      <rect className="pic-soft" x="44" y="62" width="92" height="118" rx="14" />
      <circle className="pic-skin" cx="90" cy="104" r="21" />
      <path className="pic-body" d="M52 180 C54 150 70 136 90 136 C110 136 126 150 128 180 Z" />
      <path className="pic-bar" d="M166 78 H312 M166 112 H270 M166 146 H296" />
      <rect className="pic-chip" x="166" y="168" width="36" height="28" rx="6" />
    </svg>
  )
}

/** A sheet under a lens, or under a pencil when it is being corrected. */
export function PaperPictogram({ className = '', corrected }: Props & { readonly corrected: boolean }) {
  return (
    <svg className={className} viewBox="0 0 300 260" aria-hidden>
      <rect className="pic-tint" x="52" y="12" width="176" height="236" rx="20" />
      <rect className="pic-edge" x="52" y="12" width="176" height="236" rx="20" />
      <path className="pic-bar" d="M84 66 H196 M84 104 H196 M84 142 H160" />
      {corrected ? (
        <g transform="translate(206 168) rotate(45)">
          <rect className="pic-fill" x="-15" y="-78" width="30" height="104" rx="5" />
          <path className="pic-point" d="M-15 26 L0 58 L15 26 Z" />
        </g>
      ) : (
        <g transform="translate(204 176)">
          <path className="pic-handle" d="M28 28 L58 58" />
          <circle className="pic-glass" r="38" />
        </g>
      )}
    </svg>
  )
}

/** A laptop on its way back. */
export function HandBackPictogram({ className = '' }: Props) {
  return (
    <svg className={className} viewBox="0 0 300 260" aria-hidden>
      <rect className="pic-tint" x="62" y="92" width="176" height="116" rx="14" />
      <rect className="pic-edge" x="62" y="92" width="176" height="116" rx="14" />
      <path className="pic-bar" d="M34 232 H266" />
      <path className="pic-bar" d="M206 54 C170 16 110 22 92 62 M92 62 L78 30 M92 62 L124 48" />
    </svg>
  )
}

/** A leaf of a calendar. `day`: two digits. */
export function CalendarPictogram({ className = '', day }: Props & { readonly day: string }) {
  return (
    <svg className={className} viewBox="0 0 320 320" aria-hidden>
      <rect className="pic-tint" x="20" y="44" width="280" height="256" rx="28" />
      <path className="pic-fill" d="M20 116 V72 C20 56 32 44 48 44 H272 C288 44 300 56 300 72 V116 Z" />
      <rect className="pic-edge" x="20" y="44" width="280" height="256" rx="28" />
      <path className="pic-ring" d="M96 20 V72 M224 20 V72" />
      <text className="pic-number" x="160" y="252" textAnchor="middle">
        {day}
      </text>
    </svg>
  )
}
