'use strict'
const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('desk', {
  call: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  tell: (channel, ...args) => ipcRenderer.send(channel, ...args),
  /** Returns a function which ends the subscription. */
  listen: (channel, callback) => {
    const listener = (_event, ...args) => callback(...args)
    ipcRenderer.on(channel, listener)
    return () => ipcRenderer.removeListener(channel, listener)
  },
  double: (value) => value * 2,
  fail: () => {
    throw new RangeError('out of reach')
  },
  names: ['a', 'b'],
  process: typeof process.versions,
})
