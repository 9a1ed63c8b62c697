import { readFileSync, readdirSync } from 'node:fs'

/** The living descendants of a process (Linux). */
export function descendants(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = statusOf(Number(name))
    if (stat) parents.set(Number(name), stat.parent)
  }
  const found: number[] = []
  for (const ancestors = [pid]; ancestors.length > 0;) {
    const ancestor = ancestors.pop()
    for (const [child, parent] of parents) {
      if (parent !== ancestor) continue
      found.push(child)
      ancestors.push(child)
    }
  }
  return found
}

/** A process that has ended counts as gone even when nobody has taken notice of it yet. */
export function isAlive(pid: number): boolean {
  const stat = statusOf(pid)
  return stat !== undefined && stat.state !== 'Z'
}

/** Looks again and again: the system tells nobody about the end of a grandchild. */
export async function allGone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await new Promise((resolve) => setImmediate(resolve))
}

function statusOf(pid: number): { parent: number; state: string } | undefined {
  try {
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
    return { state: state ?? '', parent: Number(parent) }
  } catch {
    return undefined
  }
}
