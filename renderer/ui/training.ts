import type { StationView } from '#contract/index.ts'
import { useLayoutEffect } from 'react'

/** Shows the training program's band also where main has not marked the page. Never taken back while the page is there. */
export function useTrainingMark(station: Pick<StationView, 'training'> | undefined): void {
  const training = station?.training === true
  useLayoutEffect(() => {
    if (training) document.documentElement.setAttribute('data-training', '')
  }, [training])
}
