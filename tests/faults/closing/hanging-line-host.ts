import { runHost } from '#native/host/run-host.ts'
import { serialTransport } from '#native/transport/serial.ts'
import { socketTransport } from '#native/transport/socket.ts'
import type { Transport } from '#native/transport/transport.ts'
import { hurriedHostClock } from '../../support/hurried-drivers.ts'

/** The system's call that closes the line does not return once it is open. */
function hanging(line: Transport): Transport {
  let opened = false
  return {
    ...line,
    async open(signal) {
      await line.open(signal)
      opened = true
    },
    close: () => (opened ? new Promise(() => {}) : line.close()),
  }
}

/** A device host whose sockets hang on closing, which waits for them a fifth of the time. */
runHost(
  import.meta.url,
  {
    serial: ({ address }, settings) => serialTransport({ baudRate: 9600, ...settings, path: address }),
    socket: ({ address }) => hanging(socketTransport(address)),
  },
  [],
  // The reader beside it is measured by an unhurried driver.
  undefined,
  hurriedHostClock(5),
)
