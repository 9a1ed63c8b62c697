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

/** In the page: a Vietnamese voice that writes down what it says. */
export function giveVoice(): void {
  const said: string[] = []
  Object.assign(window, { said })
  class Utterance {
    readonly text: string
    voice: unknown
    constructor(text: string) {
      this.text = text
    }
  }
  const speech = Object.assign(new EventTarget(), {
    getVoices: () => [{ lang: 'vi-VN', name: 'thử' }],
    speak: ({ text }: Utterance) => said.push(text),
    cancel: () => undefined,
  })
  Object.defineProperty(window, 'speechSynthesis', { value: speech })
  Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance })
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
