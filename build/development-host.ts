import { flushCompileCache } from 'node:module'
import { runHost } from '#native/host/run-host.ts'
import { listings, transports } from './development-lines.ts'

// The production entry with the lines of simulators and their ports. It is never packaged.
runHost(import.meta.url, transports, listings)
// It is always killed, and keeps nothing then that would make the start of the next one cheaper.
flushCompileCache()
