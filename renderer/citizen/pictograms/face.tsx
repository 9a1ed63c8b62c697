/** Head and shoulders in a frame, both ears free, under a camera that the eyes look into. */
export function FacePictogram({ className = '' }: { readonly className?: string }) {
  return (
    <svg className={className} viewBox="0 0 360 440" aria-hidden>
      <rect className="pic-tint" x="40" y="96" width="280" height="330" rx="28" />
      <g className="pic-ink">
        <rect className="pic-fill" x="134" y="6" width="92" height="58" rx="14" />
        <circle className="pic-lens" cx="180" cy="35" r="17" />
      </g>
      <path className="pic-sight" d="M156 236 L176 60 M204 236 L184 60" />
      <path className="pic-body" d="M70 426 C74 360 122 336 180 336 C238 336 286 360 290 426 Z" />
      <path className="pic-body" d="M158 300 H202 V352 C190 364 170 364 158 352 Z" />
      <ellipse className="pic-skin" cx="112" cy="244" rx="14" ry="24" />
      <ellipse className="pic-skin" cx="248" cy="244" rx="14" ry="24" />
      <path
        className="pic-skin"
        d="M116 222 C116 166 146 142 180 142 C214 142 244 166 244 222 C244 280 216 324 180 324 C144 324 116 280 116 222 Z"
      />
      <path
        className="pic-hair"
        d="M112 226 C104 156 142 126 182 126 C224 126 256 156 248 226 C240 196 226 180 206 174 C180 184 146 182 132 178 C122 188 116 204 112 226 Z"
      />
      <circle className="pic-dot" cx="156" cy="238" r="7" />
      <circle className="pic-dot" cx="204" cy="238" r="7" />
      <path className="pic-line" d="M164 288 C174 295 186 295 196 288" />
    </svg>
  )
}
