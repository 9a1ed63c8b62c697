/** Numbers of the pictures of the citizen's screen: the one shown, the one on its way, the one to be asked for next. */
export type MirrorQueue = { readonly shown?: number; readonly loading?: number; readonly wanted?: number }

/** The citizen's page looks different: asked for at once, or after the one on its way. */
export function painted(queue: MirrorQueue, number: number): MirrorQueue {
  if (queue.loading === undefined) return queue.shown === number ? queue : { ...queue, loading: number }
  return queue.loading === number ? queue : { ...queue, wanted: number }
}

/** A picture came, or could not be had; without any that can, an old one is not shown as if it were the present. */
export function arrived({ shown, loading, wanted }: MirrorQueue, number: number, came: boolean): MirrorQueue {
  const now = came ? number : wanted === undefined ? undefined : shown
  if (number !== loading)
    return {
      ...(shown !== undefined && { shown }),
      ...(loading !== undefined && { loading }),
      ...(wanted !== undefined && { wanted }),
    }
  return { ...(now !== undefined && { shown: now }), ...(wanted !== undefined && { loading: wanted }) }
}
