export type { Clock } from './clock.ts'
export { connectHost, type DeviceHost, type HostConnection } from './connect-host.ts'
export { forkWithNode, type NodeForkOptions } from './fork-with-node.ts'
export type { HostEvent, HostProcess, HostState } from './host-process.ts'
