import { answer } from './part.js'

globalThis.part = answer
globalThis.worker = new Promise((resolve) => {
  const worker = new Worker('worker.js', { type: 'module' })
  worker.onmessage = ({ data }) => resolve(data)
})
