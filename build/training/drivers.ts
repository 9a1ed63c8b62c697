import { drivers, type Drivers } from '#native/drivers/index.ts'

/** Drivers that reach a simulator's socket: none of those that open a system's service by themselves. */
export const trainingDrivers: Drivers = Object.fromEntries(
  Object.entries(drivers).filter(([, { transports }]) => transports.includes('socket')),
)
