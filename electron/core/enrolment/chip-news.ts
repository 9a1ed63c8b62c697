import type { EventData } from '#contract/index.ts'
import type { HostEvents } from '#native/capability/host.ts'
import { detailsFromChip } from './chip-access.ts'

type News = EventData<'chipProgress'>

/** What the officer sees of a reading under way: text as soon as it is known, the portrait while the rest is read. */
export function chipNews(notify: (news: News) => void) {
  let known: Pick<News, 'attempt' | 'details' | 'portrait'> | undefined
  let portrait: { readonly name: string; readonly bytes: Uint8Array; readonly mediaType: string } | undefined
  const of = (attempt: string) => (known?.attempt === attempt ? known : { attempt })

  return {
    progress({ details, ...progress }: HostEvents['chipProgress']): void {
      known = { ...of(progress.attempt), ...(details && { details: detailsFromChip({ details }) }) }
      notify({ ...known, ...progress })
    },
    portrait({ attempt, bytes, mediaType }: HostEvents['chipPortrait']): void {
      portrait = { name: `${attempt}/portrait`, bytes, mediaType }
      known = { ...of(attempt), portrait: true }
      notify({ stage: 'read', bytesRead: 0, ...known })
    },
    picture: (name: string) => (portrait?.name === name ? portrait : undefined),
    /** The citizen has left. */
    forget(): void {
      known = undefined
      portrait = undefined
    },
  }
}
