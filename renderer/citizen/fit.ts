import { useLayoutEffect, useRef, type RefObject } from 'react'

/**
 * The largest type between `least` and `most` px in which the words fit their frame. Words are broken only where whole
 * ones would stay small. What does not fit at `least` scrolls in the frame.
 */
export function useFittingType<Words extends HTMLElement>(
  text: string,
  least: number,
  most: number,
): { readonly frame: RefObject<HTMLDivElement | null>; readonly words: RefObject<Words | null> } {
  const frame = useRef<HTMLDivElement>(null)
  const words = useRef<Words>(null)
  useLayoutEffect(() => {
    const outer = frame.current
    const inner = words.current
    if (!outer || !inner) return
    const fit = () => {
      // Its full room while measuring; afterwards only what it needs, so that the words stay beside their question.
      outer.style.flex = '1 1 0'
      const largest = Math.max(least, Math.min(most, Math.floor(innerWidth * 0.075)))
      const whole = largestFitting(outer, inner, 'normal', least, largest)
      if (whole < (least + largest) / 3) largestFitting(outer, inner, 'anywhere', least, largest)
      else inner.style.overflowWrap = 'anywhere'
      outer.style.flex = ''
    }
    fit()
    void document.fonts.ready.then(fit)
    document.fonts.addEventListener('loadingdone', fit)
    window.addEventListener('resize', fit)
    return () => {
      document.fonts.removeEventListener('loadingdone', fit)
      window.removeEventListener('resize', fit)
    }
  }, [text, least, most])
  return { frame, words }
}

function largestFitting(
  outer: HTMLElement,
  inner: HTMLElement,
  wrap: 'normal' | 'anywhere',
  least: number,
  most: number,
): number {
  inner.style.overflowWrap = wrap
  const fits = (size: number) => {
    inner.style.fontSize = `${size}px`
    return inner.scrollWidth <= inner.clientWidth && outer.scrollHeight <= outer.clientHeight
  }
  let low = least
  let high = most + 1
  while (high - low > 1) {
    const size = Math.floor((low + high) / 2)
    if (fits(size)) low = size
    else high = size
  }
  fits(low)
  return low
}
