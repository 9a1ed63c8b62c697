import { EventEmitter } from 'node:events'
import { parseDisplays, type Size } from './displays.ts'
import { emitEvent } from './events.ts'
import { settings } from './settings.ts'

function toDisplay({ width, height }: Size, index: number, x: number): Electron.Display {
  const bounds = { x, y: 0, width, height }
  return {
    id: index + 1,
    label: `Stand-in ${index + 1}`,
    bounds,
    workArea: { ...bounds },
    size: { width, height },
    workAreaSize: { width, height },
    scaleFactor: 1,
    rotation: 0,
    internal: index === 0,
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

function arrange(text: string): Electron.Display[] {
  let x = 0
  return parseDisplays(text).map((size, index) => {
    const display = toDisplay(size, index, x)
    x += size.width
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
    for (const display of before.slice(after.length)) emitEvent(this, 'display-removed', {}, display)
    for (const display of after.slice(before.length)) emitEvent(this, 'display-added', {}, display)
    for (const display of after.slice(0, before.length)) {
      const changed = JSON.stringify(display) !== JSON.stringify(before[display.id - 1])
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
