import { useEffect } from 'react'
import { crossesOf } from '#domain/diagnosis/index.ts'
import { desk } from '../view.ts'
import { useWords } from '../words.ts'
import type { SceneView } from './scene.ts'
import './screen-test.css'

const screenNow = () => ({ width: window.innerWidth, height: window.innerHeight, scale: window.devicePixelRatio })

/** The technician's test of this screen: a frame, plain colours, crosses to be touched. It fills the window. */
export function ScreenTest({ view }: { readonly view: SceneView<'screen-test'> }) {
  const { t } = useWords()
  const { number, picture, cross = 0 } = view
  useDrawn(number)
  useEffect(() => {
    if (picture !== 'cross') return
    const handleTouch = ({ clientX: x, clientY: y }: PointerEvent) => void desk.call.reportTestTouch({ number, x, y })
    window.addEventListener('pointerdown', handleTouch)
    return () => window.removeEventListener('pointerdown', handleTouch)
  }, [picture, number])
  const words = picture === 'edges' || picture === 'cross'
  return (
    <main className="screen-test" data-picture={picture}>
      {picture === 'edges' && <Frame />}
      {picture === 'cross' && <Cross at={cross} />}
      <div className={words ? 'screen-test-words' : 'visually-hidden'}>
        <h1>{t('screen-test.heading')}</h1>
        {picture === 'edges' && <p>{t('screen-test.edges')}</p>}
        {picture === 'cross' && <p>{t('screen-test.cross', { place: cross + 1 })}</p>}
      </div>
    </main>
  )
}

/** Tells what was drawn, and again when the window was given another size meanwhile. */
function useDrawn(number: number): void {
  useEffect(() => {
    // After the frame in which it stands on the screen.
    const tell = () =>
      requestAnimationFrame(() =>
        requestAnimationFrame(() => void desk.call.reportTestDrawn({ number, ...screenNow() })),
      )
    tell()
    window.addEventListener('resize', tell)
    return () => window.removeEventListener('resize', tell)
  }, [number])
}

/** Lines at the very edges, corners that show what is cut off, a circle that is round where the scale is right. */
function Frame() {
  const { width, height } = screenNow()
  const long = Math.round(Math.min(width, height) / 6)
  const corners = [
    [0, 0, 1, 1],
    [width, 0, -1, 1],
    [0, height, 1, -1],
    [width, height, -1, -1],
  ] as const
  return (
    <svg className="screen-test-sketch" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
      <rect className="screen-test-frame" x="1.5" y="1.5" width={width - 3} height={height - 3} />
      <circle className="screen-test-thin" cx={width / 2} cy={height / 2} r={Math.min(width, height) * 0.42} />
      {corners.map(([x, y, right, down]) => (
        <path
          key={`${x} ${y}`}
          className="screen-test-corner"
          d={`M${x + right * 6} ${y + down * long} V${y + down * 6} H${x + right * long}`}
        />
      ))}
    </svg>
  )
}

function Cross({ at }: { readonly at: number }) {
  const { width, height } = screenNow()
  const { x, y } = crossesOf(width, height)[at] ?? { x: width / 2, y: height / 2 }
  return (
    <svg className="screen-test-sketch" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
      <circle className="screen-test-thin" cx={x} cy={y} r="34" />
      <path className="screen-test-cross" data-cross={at} d={`M${x - 44} ${y} H${x + 44} M${x} ${y - 44} V${y + 44}`} />
    </svg>
  )
}
