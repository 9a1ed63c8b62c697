import type { CitizenView } from '#contract/index.ts'
import type { Session } from 'electron'

/**
 * When a visit has ended, whatever the citizen's session may have kept of it goes. The session lives in memory only and
 * its answers say `no-store`; the page loads itself again, which is what empties it. This is for what Chromium keeps
 * beside the page.
 */
export function forgetVisits(session: Pick<Session, 'clearCache' | 'clearStorageData'>) {
  let visited = false
  return (view: CitizenView): void => {
    const ended = visited && view.scene === 'idle'
    visited = view.scene !== 'idle'
    if (!ended) return
    for (const cleared of [session.clearCache(), session.clearStorageData()]) {
      cleared.catch(() => process.stderr.write("the citizen's session was not cleared\n"))
    }
  }
}
