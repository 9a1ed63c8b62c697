import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'

/** A list that shows as many of its items as it has room for, each of them whole. */
export function useWholeItems(): RefObject<HTMLUListElement | null> {
  const list = useRef<HTMLUListElement>(null)
  // After every render: the words may be others, or larger.
  useLayoutEffect(() => {
    if (list.current) hideRest(list.current)
  })
  useEffect(() => {
    const items = list.current
    const room = items?.parentElement
    if (!items || !room) return
    const hide = () => hideRest(items)
    const watch = new ResizeObserver(hide)
    watch.observe(room)
    void document.fonts.ready.then(hide)
    window.addEventListener('resize', hide)
    return () => {
      watch.disconnect()
      window.removeEventListener('resize', hide)
    }
  }, [])
  return list
}

function hideRest(list: HTMLElement): void {
  const room = list.parentElement
  if (!room) return
  const items = [...list.children] as HTMLElement[]
  for (const item of items) item.hidden = false
  list.hidden = false
  const { bottom, right } = room.getBoundingClientRect()
  const { paddingBottom, borderBottomWidth } = getComputedStyle(list)
  const edge = parseFloat(paddingBottom) + parseFloat(borderBottomWidth)
  const beyond = items.findIndex((item) => {
    const box = item.getBoundingClientRect()
    return box.bottom > bottom - edge + 1 || box.right > right + 1 || item.scrollWidth > item.clientWidth + 1
  })
  if (beyond < 0) return
  for (const item of items.slice(beyond)) item.hidden = true
  list.hidden = beyond === 0
}
