import { desk } from './view.ts'

const unwanted = [
  'contextmenu',
  'selectstart',
  'dragstart',
  'dragover',
  'drop',
  'copy',
  'cut',
  'paste',
  'beforeprint',
  'auxclick',
  'gesturestart',
] as const

/**
 * Takes away what a finger or a key may start on a page that has nothing to select, save, open or leave: shortcuts of
 * a browser, zooming, going back. What the page itself needs stays: Tab, Enter, Space, arrows, digits, Escape.
 */
export function lockDown(): void {
  for (const name of unwanted) document.addEventListener(name, (event) => event.preventDefault())
  window.addEventListener('keydown', handleKey, { capture: true })
  window.addEventListener('wheel', handleWheel, { passive: false })
  window.addEventListener('touchmove', handleTouch, { passive: false })
  // The thumb buttons of a mouse go back and forward.
  window.addEventListener('mouseup', (event) => event.button > 2 && event.preventDefault())
}

function handleKey(event: KeyboardEvent): void {
  if (event.ctrlKey && event.key === 'F9' && !event.repeat) void desk.call.takeBack({})
  if (leads(event)) event.preventDefault()
}

/** Keys that a browser or a system has a use of its own for. */
function leads({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  return (
    ctrlKey ||
    altKey ||
    metaKey ||
    /^(?:F\d+|Browser\w+|Launch\w+|ContextMenu|Print\w*|Find|Help|Open|Save)$/u.test(key)
  )
}

function handleWheel(event: WheelEvent): void {
  if (event.ctrlKey) event.preventDefault()
}

/** Two fingers would zoom. */
function handleTouch(event: TouchEvent): void {
  if (event.touches.length > 1) event.preventDefault()
}
