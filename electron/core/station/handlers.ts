import type { StationView } from '#contract/index.ts'
import type { Handlers } from '#core/answer.ts'
import type { Station } from './index.ts'

type StationCalls = 'station' | 'setUpStation' | 'unlockStation' | 'setStationContact'

/** Calls about the station itself. `show` tells the windows how it is now. */
export function stationHandlers(
  station: Station,
  view: () => StationView,
  show: () => void,
): Pick<Handlers, StationCalls> {
  return {
    station: view,
    setUpStation: async (input) => {
      await station.setUp(input).finally(show)
      return {}
    },
    unlockStation: async ({ passphrase }) => {
      await station.unlock(passphrase).finally(show)
      return {}
    },
    setStationContact: (contact) => {
      station.setContact(contact)
      show()
      return {}
    },
  }
}
