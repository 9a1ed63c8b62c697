import { useEffect, useRef, type ReactNode } from 'react'

/** Scrolls to what has just appeared: it answers a press further up or down the page. */
export function InView({ children }: { readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return <div ref={place}>{children}</div>
}
