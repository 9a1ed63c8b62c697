import { answer } from './part.js'

const who = await (await fetch('/who')).text()
postMessage(`${answer} by ${who}`)
