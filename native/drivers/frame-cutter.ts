/** A run of bytes that belong to no frame, or a frame whose check does not hold. */
export type Garbage = { readonly kind: 'error'; readonly what: 'garbage' | 'checksum' }

/**
 * Cuts a stream into frames, whatever the size of its chunks. After a fault it goes on at the next possible frame. What a
 * frame is, a reader's codec says in `take`; it also bounds the length of one.
 */
export abstract class FrameCutter<Event> {
  #pending = new Uint8Array()
  #skipping = false

  push(bytes: Uint8Array): (Event | Garbage)[] {
    const buffer = new Uint8Array(this.#pending.length + bytes.length)
    buffer.set(this.#pending)
    buffer.set(bytes, this.#pending.length)
    const events: (Event | Garbage)[] = []
    let at = 0
    for (;;) {
      const taken = this.take(buffer.subarray(at), events)
      if (taken === 0) break
      at += taken
    }
    this.#pending = buffer.slice(at)
    return events
  }

  /** Forgets an unfinished frame, after its sender fell silent. */
  reset(): void {
    this.#pending = new Uint8Array()
    this.#skipping = false
  }

  /** How many bytes were dealt with; 0 to wait for more. */
  protected abstract take(bytes: Uint8Array, events: (Event | Garbage)[]): number

  protected found(events: (Event | Garbage)[], event: Event, length: number): number {
    this.#skipping = false
    events.push(event)
    return length
  }

  /** A run of bytes that belong to nothing is reported once. */
  protected skip(events: (Event | Garbage)[]): number {
    if (!this.#skipping) events.push({ kind: 'error', what: 'garbage' })
    this.#skipping = true
    return 1
  }

  /** A frame whose check does not hold: said once, and the bytes after its first are looked through for the next. */
  protected damaged(events: (Event | Garbage)[]): number {
    events.push({ kind: 'error', what: 'checksum' })
    this.#skipping = true
    return 1
  }
}
