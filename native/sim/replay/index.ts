export { replayTrace, type Replay } from './replay-trace.ts'
