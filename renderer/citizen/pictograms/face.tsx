type Look = {
  readonly eyes?: 'open' | 'closed'
  readonly mouth?: 'closed' | 'open'
  /** Looks past the camera. */
  readonly turned?: boolean
  readonly ears?: 'lit'
  readonly wears?: 'glasses' | 'hat'
}

/** Head and shoulders, both ears free; about 240 wide and 300 high around 180, 276. */
export function Person({ eyes = 'open', mouth = 'closed', turned = false, ears, wears }: Look) {
  const shift = turned ? 30 : 0
  return (
    <>
      <path className="pic-body" d="M70 426 C74 360 122 336 180 336 C238 336 286 360 290 426 Z" />
      <path className="pic-body" d="M158 300 H202 V352 C190 364 170 364 158 352 Z" />
      {!turned && <ellipse className={ears === 'lit' ? 'pic-ear' : 'pic-skin'} cx="112" cy="244" rx="14" ry="24" />}
      <ellipse className={ears === 'lit' ? 'pic-ear' : 'pic-skin'} cx={248 - shift} cy="244" rx="14" ry="24" />
      <path
        className="pic-skin"
        d="M116 222 C116 166 146 142 180 142 C214 142 244 166 244 222 C244 280 216 324 180 324 C144 324 116 280 116 222 Z"
      />
      <path
        className="pic-hair"
        d="M112 226 C104 156 142 126 182 126 C224 126 256 156 248 226 C240 196 226 180 206 174 C180 184 146 182 132 178 C122 188 116 204 112 226 Z"
      />
      <g transform={`translate(${-shift} 0)`}>
        {eyes === 'open' ? (
          <>
            <circle className="pic-dot" cx="156" cy="238" r="7" />
            <circle className="pic-dot" cx="204" cy="238" r="7" />
          </>
        ) : (
          <path className="pic-line" d="M144 236 Q156 248 168 236 M192 236 Q204 248 216 236" />
        )}
        {mouth === 'closed' ? (
          <path className="pic-line" d="M164 288 C174 295 186 295 196 288" />
        ) : (
          <ellipse className="pic-dot" cx="180" cy="290" rx="16" ry="14" />
        )}
        {wears === 'glasses' && (
          <path
            className="pic-wear"
            d="M132 238 a24 22 0 1 0 48 0 a24 22 0 1 0 -48 0 M180 238 a24 22 0 1 0 48 0 a24 22 0 1 0 -48 0 M132 236 L112 230 M228 236 L248 230"
          />
        )}
      </g>
      {wears === 'hat' && (
        <path
          className="pic-hat"
          d="M84 176 C96 164 116 158 124 156 C126 116 150 96 180 96 C210 96 234 116 236 156 C244 158 264 164 276 176 C230 190 130 190 84 176 Z"
        />
      )}
    </>
  )
}

/** Head and shoulders in a frame under a camera that the eyes look into. */
export function FacePictogram({ className = '' }: { readonly className?: string }) {
  return (
    <svg className={className} viewBox="0 0 360 440" aria-hidden>
      <rect className="pic-tint" x="40" y="96" width="280" height="330" rx="28" />
      <g className="pic-ink">
        <rect className="pic-fill" x="134" y="6" width="92" height="58" rx="14" />
        <circle className="pic-lens" cx="180" cy="35" r="17" />
      </g>
      <path className="pic-sight" d="M156 236 L176 60 M204 236 L184 60" />
      <Person />
    </svg>
  )
}
