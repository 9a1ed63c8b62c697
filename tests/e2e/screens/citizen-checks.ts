import type { Page } from '@playwright/test'

/** In the page: words smaller than 24 px, and targets lower or narrower than 64 px. */
export function tooSmall(): string[] {
  const found: string[] = []
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    if (element.closest('svg, .visually-hidden') || element.getClientRects().length === 0) continue
    const speaks = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
    if (speaks && parseFloat(getComputedStyle(element).fontSize) < 24)
      found.push(`${element.className}: ${getComputedStyle(element).fontSize}`)
    const { width, height } = element.getBoundingClientRect()
    if (element.matches('button') && (width < 64 || height < 64)) found.push(`${element.className}: ${width}×${height}`)
  }
  return found
}

/** In the page: words that a frame cuts off and that cannot be scrolled to. */
export function cutOff(): string[] {
  return [...document.querySelectorAll<HTMLElement>('.citizen, .citizen *')].flatMap((element) => {
    const { overflowY } = getComputedStyle(element)
    if (element.closest('svg, .visually-hidden') || overflowY === 'auto') return []
    return element.clientHeight > 0 &&
      element.scrollHeight > element.clientHeight + 2 &&
      getComputedStyle(element).display !== 'inline'
      ? [`${element.tagName}.${element.className}: ${element.scrollHeight} in ${element.clientHeight}`]
      : []
  })
}

/** In the page: what reaches out of the window, and what a picture needs and its edge cuts off. */
export function pushedOut(): string[] {
  const found: string[] = []
  const within = (inner: DOMRect, outer: { left: number; top: number; right: number; bottom: number }) =>
    inner.left >= outer.left - 1 &&
    inner.right <= outer.right + 1 &&
    inner.top >= outer.top - 1 &&
    inner.bottom <= outer.bottom + 1
  const place = { left: 0, top: 0, right: innerWidth, bottom: innerHeight }
  for (const element of document.querySelectorAll<HTMLElement>('.stage, .stage *:not(svg *)')) {
    const name = `${element.tagName}.${element.getAttribute('class') ?? ''}`
    if (!within(element.getBoundingClientRect(), place)) found.push(`${name} lies outside of the window`)
    if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
      found.push(`${name} holds ${element.scrollWidth} px in ${element.clientWidth} px`)
    if (element.matches('.remedy-frame') && element.scrollHeight > element.clientHeight)
      found.push(`${name} holds ${element.scrollHeight} px in ${element.clientHeight} px`)
  }
  for (const picture of document.querySelectorAll('.stage svg.pictogram-large'))
    for (const part of picture.querySelectorAll('.lit, .badge, .glass, .roll-line, .dab, .drop, .clock, .rub, .towel'))
      if (part.getClientRects().length > 0 && !within(part.getBoundingClientRect(), picture.getBoundingClientRect()))
        found.push(`the picture cuts off ${part.getAttribute('class')}`)
  return found
}

/**
 * Words that are cut off, that scroll sideways, that stick out of their button or lie on the answers, and answers that
 * are not wholly on the screen. Words that a frame turns to with its buttons are not cut off.
 */
export function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Box = { left: number; top: number; right: number; bottom: number }
    const found = new Set<string>()
    const nameOf = (element: Element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`
    const clipped = (box: Box, frame: Box): Box => ({
      left: Math.max(box.left, frame.left),
      top: Math.max(box.top, frame.top),
      right: Math.min(box.right, frame.right),
      bottom: Math.min(box.bottom, frame.bottom),
    })
    const isSeen = (box: Box) => box.right - box.left > 1 && box.bottom - box.top > 1
    const sideways = (box: Box, frame: Box) => box.left < frame.left - 2 || box.right > frame.right + 2
    const upDown = (box: Box, frame: Box) => box.top < frame.top - 2 || box.bottom > frame.bottom + 2
    const place = { left: 0, top: 0, right: innerWidth, bottom: innerHeight }
    const answers = [...document.querySelectorAll('.answers, .sign-acts, .reading-turns')]
    for (const each of answers)
      if (sideways(each.getBoundingClientRect(), place) || upDown(each.getBoundingClientRect(), place))
        found.add(`${nameOf(each)} is not wholly on the screen`)

    const walker = document.createTreeWalker(document.querySelector('.stage') ?? document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      const text = node.textContent?.trim() ?? ''
      if (!element || text === '' || element.closest('svg, .visually-hidden, script, style')) continue
      if (!element.checkVisibility({ visibilityProperty: true })) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const { left, top, right, bottom } of range.getClientRects()) {
        // A line is higher than its letters and the marks above and below them.
        const spare = (bottom - top) * 0.14
        let letters: Box = { left, right, top: top + spare, bottom: bottom - spare }
        const say = (what: string) => found.add(`${nameOf(element)} “${text.slice(0, 30)}” ${what}`)
        for (let up: Element | null = element; up; up = up.parentElement) {
          const style = getComputedStyle(up)
          const frame = up.getBoundingClientRect()
          if (up.matches('button') && (sideways(letters, frame) || upDown(letters, frame)))
            say('sticks out of its button')
          if (style.overflowX !== 'visible' && sideways(letters, frame)) say(`is cut off by ${nameOf(up)}`)
          if (/^(?:hidden|clip)$/u.test(style.overflowY) && upDown(letters, frame)) say(`is cut off by ${nameOf(up)}`)
          if (style.overflowY !== 'visible') letters = clipped(letters, frame)
          if (!isSeen(letters)) break
        }
        if (!isSeen(letters)) continue
        if (sideways(letters, place) || upDown(letters, place)) say('lies outside of the window')
        for (const each of answers)
          if (!each.contains(element) && isSeen(clipped(letters, each.getBoundingClientRect())))
            say('lies on the answers')
      }
    }
    for (const element of document.querySelectorAll('.stage, .stage *:not(svg, svg *, .visually-hidden)'))
      if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 2)
        found.add(`${nameOf(element)} holds ${element.scrollWidth} px in ${element.clientWidth} px`)
    return [...found]
  })
}

/** Until what was just sent is painted: two frames. */
export function nextPaint(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  )
}
