import { useEffect, useRef } from 'react'
import { desk } from '../desk.ts'

/** The button on the camera does what the key does. */
export function useShutter(act: () => void): void {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => desk.on.shutterPressed(() => latest.current()), [])
}
