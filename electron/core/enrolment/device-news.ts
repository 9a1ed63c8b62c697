import type { EventData, EventName } from '#contract/index.ts'
import type { Handlers } from '#core/answer.ts'
import type { HostEvent } from '#core/devices/index.ts'
import type { DeviceStatus } from '#native/capability/device.ts'
import { chipNews } from './chip-news.ts'
import type { CitizenHints } from './citizen-hint.ts'
import type { Desk } from './desk.ts'
import { watchCards } from './left-behind.ts'
import { takeScannedCode } from './scanned-code.ts'

type Needs = {
  readonly notify: <Name extends EventName>(name: Name, data: EventData<Name>) => void
  readonly desk: () => Desk | undefined
  readonly calls: () => Pick<Handlers, 'giveCode' | 'readChip'>
  readonly hints: Pick<CitizenHints, 'finger'>
  readonly onDevices: () => void
}

/** A window that is behind for some seconds may still ask for its frame: at twenty a second, some megabytes. */
const keptPreviews = 120

/** What the devices tell by themselves, and what is known of them. */
export function deviceNews({ notify, desk, calls, hints, onDevices }: Needs) {
  const devices = new Map<string, DeviceStatus>()
  const previews = new Map<string, Uint8Array>()
  const chip = chipNews((each) => notify('chipProgress', each))
  const cards = watchCards()

  function handleDevices(changed: readonly DeviceStatus[]): void {
    for (const device of changed) devices.set(device.id, device)
    cards.see(changed, desk()?.current()?.id)
    onDevices()
  }

  function handlePreview({ png, ...frame }: Extract<HostEvent, { name: 'fingerPreview' }>['data']): void {
    previews.set(`${frame.attempt}/${frame.number}.png`, png)
    for (const oldest of [...previews.keys()].slice(0, -keptPreviews)) previews.delete(oldest)
    notify('fingerPreview', frame)
    hints.finger(frame)
  }

  function handleCard({ device: id, present, session }: Extract<HostEvent, { name: 'cardPresence' }>['data']): void {
    const device = devices.get(id)
    if (!device) return
    const { cardSession: _, ...rest } = device
    handleDevices([{ ...rest, cardPresent: present, ...(session === undefined ? {} : { cardSession: session }) }])
    if (present) goOnReading()
  }

  /** The card that was pulled in mid-read is back: nobody should have to press a key for that. */
  function goOnReading(): void {
    const state = desk()?.current()?.state
    if (state?.chipFailure !== 'CARD_REMOVED' || state.chipAttempt || state.step !== 'arrival') return
    Promise.resolve(calls().readChip({})).catch(() => {})
  }

  return {
    cards,
    handleDevices,
    devices: () => [...devices.values()],
    /** They are no devices of the station any more. */
    forgetDevices(gone: (id: string) => boolean): void {
      for (const id of devices.keys()) if (gone(id)) devices.delete(id)
    },
    /** Another dossier is on the desk, or none. */
    seeCards: () => cards.see([...devices.values()], desk()?.current()?.id),
    /** `<attempt>/<number>.png` of a finger capture, `<attempt>/portrait` of a chip. */
    picture(name: string): { bytes: Uint8Array; mediaType: string } | undefined {
      const png = previews.get(name)
      return png ? { bytes: png, mediaType: 'image/png' } : chip.picture(name)
    },
    /** The citizen has left. */
    forget(): void {
      chip.forget()
      previews.clear()
    },
    handle({ name, data }: HostEvent): void {
      switch (name) {
        case 'deviceChanged':
          return handleDevices([data])
        case 'shutterPressed':
          return notify('shutterPressed', data)
        case 'codeScanned':
          void takeScannedCode(data, calls().giveCode).then((code) => notify('codeScanned', code))
          return
        case 'chipProgress':
          return chip.progress(data)
        case 'chipPortrait':
          return chip.portrait(data)
        case 'fingerPreview':
          return handlePreview(data)
        case 'cardPresence':
          return handleCard(data)
        case 'chipExchange':
        case 'checkProgress':
        case 'pluggedInChanged':
          // Of use to a technician only.
          return
      }
    },
  }
}
