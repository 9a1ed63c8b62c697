import { AppError } from '#domain/failure/index.ts'

/** The promise, or CANCELLED as soon as the signal is aborted. The promise itself goes on. */
export async function orCancelled<T>(promise: Promise<T>, signal: AbortSignal, step: string): Promise<T> {
  if (signal.aborted) {
    // Nobody hears any more what becomes of it.
    promise.catch(() => {})
    throw new AppError('CANCELLED', step)
  }
  let callOff = () => {}
  const cancelled = new Promise<never>((_, reject) => {
    const cancel = () => reject(new AppError('CANCELLED', step))
    signal.addEventListener('abort', cancel, { once: true })
    callOff = () => signal.removeEventListener('abort', cancel)
  })
  try {
    return await Promise.race([promise, cancelled])
  } finally {
    callOff()
  }
}
