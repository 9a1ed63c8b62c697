/** Keeps the last `most` things that were made, by name: making them again would take long. */
export function createMemory<T>(most: number): (name: string, make: () => T) => T {
  const kept = new Map<string, T>()
  return (name, make) => {
    const thing = kept.get(name) ?? make()
    kept.delete(name)
    kept.set(name, thing)
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break
      kept.delete(oldest)
    }
    return thing
  }
}
