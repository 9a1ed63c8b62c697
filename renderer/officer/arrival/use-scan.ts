import { useEffect, useRef, useState } from 'react'
import type { Camera } from '../camera/use-camera.ts'
import type { ScanReply } from './scan-worker.ts'

/** Frames are scaled down to this many pixels across: a card's code stays at three pixels a module and more. */
const widest = 1920

/** Looks for a QR code in the camera's frames, one at a time, in a worker. Gives each text once. */
export function useScan(camera: Camera, onText: (text: string) => void): { readonly broken: boolean } {
  const [broken, setBroken] = useState(false)
  const handle = useRef(onText)
  const { phase, video } = camera
  useEffect(() => {
    handle.current = onText
  })
  useEffect(() => {
    if (phase !== 'live') return
    const worker = new Worker(new URL('./scan-worker.ts', import.meta.url), { type: 'module' })
    const canvas = document.createElement('canvas')
    const context = canvas.getContext('2d', { willReadFrequently: true })
    let stopped = false
    let last = ''
    const sendFrame = () => {
      const shown = video()
      if (stopped || !shown || !context || shown.videoWidth === 0) return
      const scale = Math.min(1, widest / shown.videoWidth)
      canvas.width = Math.round(shown.videoWidth * scale)
      canvas.height = Math.round(shown.videoHeight * scale)
      context.drawImage(shown, 0, 0, canvas.width, canvas.height)
      const frame = context.getImageData(0, 0, canvas.width, canvas.height)
      worker.postMessage(frame, [frame.data.buffer])
    }
    worker.addEventListener('message', ({ data }: MessageEvent<ScanReply>) => {
      if (stopped) return
      if ('broken' in data) {
        setBroken(true)
        return
      }
      if (data.text !== '' && data.text !== last) {
        last = data.text
        handle.current(data.text)
      }
      video()?.requestVideoFrameCallback(sendFrame)
    })
    worker.addEventListener('error', () => setBroken(true))
    sendFrame()
    return () => {
      stopped = true
      worker.terminate()
    }
  }, [phase, video])
  return { broken }
}
