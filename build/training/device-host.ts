import { runHost } from '#native/host/run-host.ts'
import { socketTransport } from '#native/transport/socket.ts'
import { trainingDrivers } from './drivers.ts'

// The training program's devices are simulated: its host opens sockets, and cannot open a real line.
runHost(import.meta.url, { socket: ({ address }) => socketTransport(address) }, [], trainingDrivers)
