import { createHash } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { parseDisplays, type ToldDisplay } from './displays.ts'
import { emitEvent } from './events.ts'
import { settings } from './settings.ts'

function toDisplay({ width, height, name }: ToldDisplay, index: number, x: number): Electron.Display {
  const bounds = { x, y: 0, width, height }
  return {
    id: name === undefined ? index + 1 : idOf(name),
    label: name ?? `Stand-in ${index + 1}`,
    bounds,
    workArea: { ...bounds },
    size: { width, height },
    workAreaSize: { width, height },
    scaleFactor: 1,
    rotation: 0,
    internal: name === undefined ? index === 0 : name === internalName,
    detected: true,
    monochrome: false,
    colorDepth: 24,
    colorSpace: '',
    depthPerComponent: 8,
    displayFrequency: 60,
    maximumCursorSize: { width: 0, height: 0 },
    nativeOrigin: { x, y: 0 },
    touchSupport: 'unknown',
    accelerometerSupport: 'unknown',
  }
}

/** A display with this name is the laptop's own. */
const internalName = 'laptop'

/** The same for a name in every run, and none of the small numbers of displays without one. */
function idOf(name: string): number {
  return 1000 + createHash('sha256').update(name).digest().readUInt32BE(0)
}

function arrange(text: string): Electron.Display[] {
  let x = 0
  return parseDisplays(text).map((size, index) => {
    const left = size.x ?? x
    const display = toDisplay(size, index, left)
    x = left + size.width
    return display
  })
}

/** Displays as told, not as seen: X and headless Chromium know only one wide screen. */
class Screen extends EventEmitter {
  #displays = arrange(settings.displays)

  getAllDisplays(): Electron.Display[] {
    return structuredClone(this.#displays)
  }

  getPrimaryDisplay(): Electron.Display {
    return this.getAllDisplays()[0]!
  }

  getDisplayNearestPoint(point: Electron.Point): Electron.Display {
    return nearest(this.getAllDisplays(), point.x)
  }

  getDisplayMatching(rect: Electron.Rectangle): Electron.Display {
    return nearest(this.getAllDisplays(), rect.x + rect.width / 2)
  }

  getCursorScreenPoint(): Electron.Point {
    return { x: 0, y: 0 }
  }

  /** Plugs and unplugs displays: for tests, through the launcher. */
  change(text: string): void {
    const before = this.#displays
    const after = arrange(text)
    this.#displays = after
    const among = (list: readonly Electron.Display[], id: number) => list.find((display) => display.id === id)
    for (const display of before) if (!among(after, display.id)) emitEvent(this, 'display-removed', {}, display)
    for (const display of after) if (!among(before, display.id)) emitEvent(this, 'display-added', {}, display)
    for (const display of after) {
      const old = among(before, display.id)
      const changed = old && JSON.stringify(display) !== JSON.stringify(old)
      if (changed) emitEvent(this, 'display-metrics-changed', {}, display, ['bounds', 'workArea'])
    }
  }
}

function nearest(displays: Electron.Display[], x: number): Electron.Display {
  const distance = ({ bounds }: Electron.Display): number =>
    x < bounds.x ? bounds.x - x : Math.max(0, x - (bounds.x + bounds.width - 1))
  return displays.toSorted((a, b) => distance(a) - distance(b))[0]!
}

export const screen = new Screen()
