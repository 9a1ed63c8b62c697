import { Hand, tipOf } from '../pictograms/hand.tsx'

/** One finger on the glass, and the pen that is not needed. */
export function MarkPictogram({ className = '' }: { readonly className?: string }) {
  const [x, y] = tipOf('index').at
  return (
    <svg className={className} viewBox="0 0 520 500" aria-hidden>
      <g className="mark-pen" transform="translate(112 128) rotate(38)">
        <rect x="-17" y="-98" width="34" height="142" rx="7" />
        <path d="M-17 52 L0 92 L17 52 Z" />
      </g>
      <path className="mark-struck" d="M40 200 L184 56" />
      <svg width="520" height="500">
        <g transform="translate(196 44) scale(1.05)">
          <rect className="glass" x={x - 86} y={y - 66} width="172" height="146" rx="28" />
          <Hand side="right" pose={(name) => (name === 'index' ? 'lit' : 'folded')} />
        </g>
      </svg>
    </svg>
  )
}
