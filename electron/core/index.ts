import { mkdirSync } from 'node:fs'
import type { CitizenView, EventData, EventName, Role, StationView, Surroundings } from '#contract/index.ts'
import type { Keystore } from '#core/access/index.ts'
import { connectHost, type DeviceHost, type HostEvent, type HostProcess, type HostState } from '#core/devices/index.ts'
import { stationDevices } from '#core/devices/station-devices.ts'
import { exportHandlers, waitingNumbers } from '#core/outbox/handlers.ts'
import { AppError } from '#domain/failure/index.ts'
import type { Handlers } from './answer.ts'
import { bundleHandlers } from './diagnostics/bundle/index.ts'
import { deviceDiagnostics } from './diagnostics/devices.ts'
import { equipment } from './diagnostics/equipment.ts'
import { openHealth } from './diagnostics/health/index.ts'
import { wearingOf } from './diagnostics/health/wearing.ts'
import { openDiagnostics } from './diagnostics/index.ts'
import { ofStation } from './diagnostics/kept-checks.ts'
import { partDiagnostics, type Printers } from './diagnostics/parts/index.ts'
import { storeOf } from './diagnostics/station-checks.ts'
import { citizenHints } from './enrolment/citizen-hint.ts'
import { localDay, openDesk, type Desk } from './enrolment/desk.ts'
import { deviceNews } from './enrolment/device-news.ts'
import { readChip } from './enrolment/chip-act.ts'
import { captureFingers, compareFingers } from './enrolment/finger-acts.ts'
import { dossierHandlers, type Workplace } from './enrolment/handlers.ts'
import { openLanguages } from './languages/index.ts'
import { openNotices } from './notices/index.ts'
import { mediaTypeOf } from './enrolment/picture.ts'
import { pictureHandlers } from './enrolment/picture-acts.ts'
import { seal } from './enrolment/sealing.ts'
import { pictureSourceHandlers } from './pictures/handlers.ts'
import { openPictures, type Pictures } from './pictures/index.ts'
import { placesOf } from './places/index.ts'
import { screenActs, type Screens } from './screens/index.ts'
import { stationHandlers } from './station/handlers.ts'
import { openStation } from './station/index.ts'
import { noTraining, type LessonDesk, type Training } from './training/index.ts'

export { answerCall, type Handlers } from './answer.ts'
export type { Screens } from './screens/index.ts'
export type { Printers } from './diagnostics/parts/index.ts'
export { belongsTo } from './station/index.ts'
export type { LessonDesk, Training } from './training/index.ts'

export type Core = {
  readonly handlers: Handlers
  /** A picture that this role may see: `<blob name>` or `<attempt>/<number>.png` of the live preview. */
  picture(role: Role, name: string): Promise<{ bytes: Uint8Array; mediaType: string } | undefined>
  /** A recorded sentence, `<language>/<key>`. */
  sound(name: string): Promise<{ bytes: Uint8Array; mediaType: string } | undefined>
  /** A font of a language pack, `<language>/<name>`. */
  font(name: string): Promise<{ bytes: Uint8Array; mediaType: string } | undefined>
  /** A picture of the notices. */
  notice(name: string): Promise<{ bytes: Uint8Array; mediaType: string } | undefined>
  citizenScreen(state: Surroundings['citizenScreen']): void
  /** A display was plugged in, unplugged or given another use. */
  displaysChanged(): void
  stop(): void
}

type Options = {
  readonly dataFolder: string
  /** devices.json with the devices of this station. */
  readonly devicesFile: string
  readonly keystore?: Keystore
  readonly runtime: StationView['runtime']
  readonly version: string
  readonly clock: () => Date
  /** `sockets`: a device hangs on a development-only transport. */
  readonly forkHost: (needs: { readonly sockets: boolean }) => HostProcess
  /** The device process starts then, so that it does not compete with the first screen; at once when absent. */
  readonly devicesAfter?: Promise<void>
  readonly notify: <Name extends EventName>(name: Name, data: EventData<Name>) => void
  readonly screens: Screens
  /** Of the system; absent where there is nothing to print with. */
  readonly printers?: Printers
  /** The training program: its lessons, and a data folder that no station opens. */
  readonly openTraining?: (desk: LessonDesk) => Training
}

/** Everything of the program that is not a window: the station, the desk, the devices. */
export function startCore({
  dataFolder,
  devicesFile,
  keystore,
  runtime,
  version,
  clock,
  forkHost,
  devicesAfter = Promise.resolve(),
  notify,
  screens,
  printers,
  openTraining,
}: Options): Core {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  let desk: Desk | undefined
  let pictures: Pictures | undefined
  let dossierShown: string | undefined
  let citizenScreen: Surroundings['citizenScreen'] = 'no-display'
  const bindings = stationDevices(devicesFile)
  const sockets = bindings.all.some(({ transport }) => transport === 'socket')
  const program = { name: `quay-can-cuoc (${runtime})`, version }
  const places = placesOf(dataFolder)
  const hints = citizenHints({
    clock,
    dossier: () => desk?.current(),
    scene: () => citizenView().scene,
    notify: (hint) => notify('citizenHint', hint),
  })
  const news = deviceNews({
    notify,
    hints,
    desk: () => desk,
    calls: () => handlers,
    onDevices: showSurroundings,
  })

  const training = openTraining?.({
    today: () => localDay(clock()),
    busy: () => (desk?.current()?.state.status ?? 'abandoned') !== 'abandoned',
    notify: (view) => notify('lessonChanged', view),
  })

  let ended = false
  let connected: DeviceHost | undefined
  const host: Pick<DeviceHost, 'call'> = { call: (...request) => startDevices().call(...request) }
  void devicesAfter.then(startDevices)
  const equipped = equipment({
    devicesFile,
    host,
    clock,
    notify,
    onAct: recordTechnician,
    onBindings(changed, statuses) {
      bindings.replace(changed)
      news.forgetDevices((id) => !changed.some((binding) => binding.id === id))
      news.handleDevices(statuses)
      showStation()
    },
  })

  const health = openHealth({ dataFolder, clock, onChange: showSurroundings })
  const deviceTests = deviceDiagnostics({
    host,
    clock,
    notify,
    devices: () => bindings.all,
    keep: (report) => diagnostics.keep([report]),
    onAct: recordTechnician,
  })

  const station = openStation({
    dataFolder,
    clock,
    ...(keystore && { keystore }),
    ...(training && { rehearsal: training.rehearsal }),
    onOpen(store) {
      desk = openDesk({
        store,
        clock,
        carryOut(effect, on, signal) {
          if (effect.type === 'read-chip') return readChip(effect, on, signal, { host, store })
          if (effect.type === 'capture-fingers') return captureFingers(effect, on, signal, { host, store })
          if (effect.type === 'compare-fingers') return compareFingers(effect, on, signal, { host, store })
          return seal(effect, on, signal, {
            store,
            folder: station.folder,
            clock,
            kit: station.sealKit,
            devices: bindings.used,
            program,
          })
        },
        onView(view) {
          if (!view) forgetCitizen()
          news.seeCards()
          parts.deskChanged()
          hints.follow()
          notify('dossierChanged', view)
          const changed = view?.id !== dossierShown
          dossierShown = view?.id
          if (changed) showPictures()
          training?.follow(view)
        },
        onCitizen: showCitizen,
      })
      desk.resumeLast()
      training?.open(store)
      languages.open(store, station.signingKit)
      notices.open(store)
      pictures = openPictures({ store, clock, dossier: () => dossierShown, onChange: showPictures })
      showPictures()
      showSurroundings()
    },
  })
  station.unlockFromKeystore().then(showStation, showStation)

  function startDevices(): DeviceHost {
    if (connected) return connected
    connected = connectHost({
      fork: () => forkHost({ sockets }),
      onEvent: handleHostEvent,
      onState: handleHostState,
      // What is broken off by the end of the program says nothing of a device.
      onAct: (act) => ended || health.record(act),
    })
    const bound = bindings.all.filter(({ transport }) => transport !== 'browser')
    connected.call('devices.bind', { bindings: bound }).then(news.handleDevices, () => {})
    return connected
  }

  function handleHostEvent(event: HostEvent): void {
    if (event.name === 'deviceChanged' && !ended) health.see(event.data)
    if (deviceTests.takes(event)) return
    news.handle(event)
    equipped.onHostEvent(event)
  }

  function handleHostState(state: HostState): void {
    if (state !== 'running') health.hostEnded()
    showSurroundings()
    equipped.onHostState(state)
  }

  function recordTechnician(act: string): void {
    storeOf(station)?.recordAct({ actor: 'technician', window: 'technician', act })
  }

  /** Nothing of the last citizen stays in memory for the next. */
  function forgetCitizen(): void {
    news.forget()
    acts.forget()
    connected?.call('chip.forget', {}).catch(() => {})
  }

  function surroundings(): Surroundings {
    const waiting = desk ? waitingNumbers(station.store()).length : 0
    const wearing = wearingOf(health.toldWarnings(), bindings.all)
    return { host: connected?.state ?? 'restarting', devices: news.devices(), citizenScreen, waiting, wearing }
  }

  function showSurroundings(): void {
    notify('surroundingsChanged', surroundings())
  }

  function showPictures(): void {
    if (pictures) notify('pictureSourcesChanged', pictures.view())
  }

  function openedPictures(): Pictures {
    if (!pictures) throw new AppError('STATION_LOCKED', 'pictures')
    return pictures
  }

  function stationView(): StationView {
    return {
      ...station.view(),
      runtime,
      simulated: bindings.simulated,
      ...(training && { training: true as const }),
      today: localDay(clock()),
    }
  }

  function showStation(): void {
    notify('stationChanged', stationView())
  }

  const workplace = (): Workplace => {
    const store = station.store()
    if (!desk) throw new AppError('STATION_LOCKED', 'desk')
    return {
      store,
      desk,
      host,
      stationCode: () => store.setting('station.code') ?? '',
      devices: news.devices,
      cards: news.cards,
      hints,
    }
  }

  const acts = screenActs({
    screens,
    requireDossier: () => void workplace().desk.open(),
    onCurtain: (drawn) => {
      notify('curtainChanged', { drawn })
      showCitizen()
    },
    onPainted: (number) => notify('citizenPainted', { number }),
  })
  const languages = openLanguages({ dataFolder, clock, onChange: (all) => notify('languagesChanged', all) })
  const diagnostics = openDiagnostics({
    dataFolder,
    clock,
    station,
    keystore: keystore ?? 'none',
    training: training !== undefined,
  })
  const parts = partDiagnostics({
    folder: station.folder,
    clock,
    screens,
    printers,
    keystore: keystore ?? 'none',
    citizenAtDesk: () => desk?.current() !== undefined,
    notify,
    keep: (report) => diagnostics.keep([report]),
    onScene: showCitizen,
    onAct: recordTechnician,
  })
  const notices = openNotices({ onChange: (all) => notify('noticesChanged', all) })

  /** The curtain hides everything; between two citizens there is nothing to hide. */
  function citizenView(): CitizenView {
    const test = desk?.current() === undefined && parts.scene()
    if (test) return test
    const view = desk?.citizen() ?? { scene: 'idle' }
    if (acts.curtained() && view.scene !== 'idle') return { scene: 'curtain' }
    const waits = view.scene === 'wait' || view.scene === 'correcting' || view.scene === 'thanks'
    return citizenScreen === 'turned' && waits ? { ...view, handBack: true } : view
  }

  function showCitizen(): void {
    hints.follow()
    notify('citizenChanged', citizenView())
  }

  const handlers: Handlers = {
    ...dossierHandlers(workplace),
    ...acts.handlers,
    ...languages.handlers,
    ...notices.handlers,
    ...stationHandlers(station, stationView, showStation),
    ...diagnostics.handlers,
    ...equipped.handlers,
    ...deviceTests.handlers,
    ...health.handlers,
    ...parts.handlers,
    ...(training?.handlers ?? noTraining),
    makeBundle: async (wish) => {
      const reports = ofStation(await diagnostics.reports(), bindings.all)
      const devices = news.devices()
      const sources = { bindings: bindings.all, devices, displays: screens.displays(), reports, health }
      return bundleHandlers(() => ({ ...sources, host, clock, program, station })).makeBundle(wish)
    },
    ...pictureHandlers(workplace),
    ...pictureSourceHandlers(openedPictures),
    placeCandidates: ({ address, day }) => places.find(address, day),
    surroundings,
    ...exportHandlers(station, () => {
      desk?.reload()
      showSurroundings()
    }),
    citizenView,
  }

  return {
    handlers,
    async picture(role, name) {
      if (role === 'technician' || !desk) return undefined
      const live = role === 'officer' ? (news.picture(name) ?? (await acts.picture(name))) : undefined
      if (live) return live
      if (!/^[0-9a-f]+$/u.test(name)) return undefined
      const scene = citizenView()
      if (role === 'citizen' && !('portrait' in scene && scene.portrait?.name === name)) return undefined
      const bytes = await station
        .store()
        .getBlob({ name })
        .catch(() => undefined)
      return bytes && { bytes, mediaType: mediaTypeOf(bytes) }
    },
    citizenScreen(state) {
      citizenScreen = state
      showSurroundings()
      showCitizen()
    },
    displaysChanged: () => {
      notify('displaysChanged', screens.displays())
      parts.displaysChanged()
    },
    sound: languages.sound,
    font: languages.font,
    notice: notices.picture,
    stop() {
      ended = true
      training?.stop()
      diagnostics.stop()
      void health.close()
      desk?.close()
      desk = undefined
      void pictures?.close()
      pictures = undefined
      void languages.close()
      void notices.close()
      void connected?.close()
      station.close()
    },
  }
}
