process.parentPort.on('message', ({ data }) => {
  if (data.crash) process.abort()
  process.parentPort.postMessage({ pid: process.pid, argv: process.argv.slice(2), reversed: data.bytes.toReversed() })
})
