import { flushCompileCache } from 'node:module'
import { listings, transports } from '#build/development-lines.ts'
import { runHost } from '#native/host/run-host.ts'
import { hurriedDrivers, hurriedHostClock } from './hurried-drivers.ts'

/** The development host, five times as impatient with devices and five times as soon with them again. */
runHost(import.meta.url, transports, listings, hurriedDrivers(5), hurriedHostClock(5))
flushCompileCache()
