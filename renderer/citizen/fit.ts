import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from 'react'

/**
 * The largest type between `least` and `most` in which the words fit their frame: px at a text size of 100 %, times the
 * text size that the person chose. Words are broken only where whole ones would stay small. What does not fit at
 * `least` is left to the frame to scroll.
 */
export function useFittingType<Words extends HTMLElement>(
  text: string,
  least: number,
  most: number,
): { readonly frame: RefObject<HTMLDivElement | null>; readonly words: RefObject<Words | null> } {
  const frame = useRef<HTMLDivElement>(null)
  const words = useRef<Words>(null)
  const fit = useCallback(() => {
    const outer = frame.current
    const inner = words.current
    if (!outer || !inner) return
    const scale = textScale(outer)
    const smallest = Math.round(least * scale)
    const largest = Math.max(smallest, Math.floor(Math.min(most, innerWidth * 0.075) * scale))
    // Its full room while measuring; afterwards only what it needs, so that the words stay beside their question.
    outer.style.flex = '1 1 0'
    const whole = largestFitting(outer, inner, 'normal', smallest, largest)
    if (whole < (smallest + largest) / 3) largestFitting(outer, inner, 'anywhere', smallest, largest)
    else inner.style.overflowWrap = 'anywhere'
    outer.style.flex = ''
  }, [least, most])
  // After every render: whatever it changed, a label, a language, the text size, may leave more or less room.
  useLayoutEffect(fit)
  useEffect(() => {
    const outer = frame.current
    const inner = words.current
    if (!outer || !inner) return
    const sizes = new ResizeObserver(fit)
    const watch = () => {
      sizes.disconnect()
      for (const each of around(outer, inner)) sizes.observe(each)
    }
    watch()
    const neighbours = new MutationObserver(watch)
    for (const { parentElement } of [outer, inner])
      if (parentElement) neighbours.observe(parentElement, { childList: true })
    void document.fonts.ready.then(fit)
    document.fonts.addEventListener('loadingdone', fit)
    window.addEventListener('resize', fit)
    return () => {
      sizes.disconnect()
      neighbours.disconnect()
      document.fonts.removeEventListener('loadingdone', fit)
      window.removeEventListener('resize', fit)
    }
  }, [fit, text])
  return { frame, words }
}

/** What shares the room with the words; not the words themselves, which fitting changes. */
function around(outer: HTMLElement, inner: HTMLElement): Element[] {
  const beside = [...(outer.parentElement?.children ?? [])].filter((each) => each !== outer)
  const within = [...(inner.parentElement?.children ?? [])].filter((each) => each !== inner)
  return [...(outer.parentElement ? [outer.parentElement] : []), ...beside, ...within]
}

/** 1 at 100 %. */
function textScale(element: HTMLElement): number {
  return parseFloat(getComputedStyle(element).getPropertyValue('--zoom')) || 1
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
