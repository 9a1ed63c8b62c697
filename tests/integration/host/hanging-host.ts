/** A device host that stands still for ever at its first call; the first word and the heartbeat before that are right. */
process.on('message', (message: { type: string; id: number }) => {
  if (message.type === 'ping') process.send?.({ type: 'pong', id: message.id })
  if (message.type === 'call') for (;;);
})
process.on('disconnect', () => process.exit(0))
process.send?.({ type: 'pong', id: 0 })
