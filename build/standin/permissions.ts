import { runtime } from './runtime.ts'
import { applicationOrigin, type Permission } from './session.ts'
import { toChromium } from './urls.ts'
import type { WebContents } from './web-contents.ts'

type Rule = { readonly permission: Permission; readonly names: readonly string[]; readonly media?: 'video' | 'audio' }

/** Electron's permissions beside DevTools' names for them. What is not here Chromium refuses or never asks about. */
const rules: readonly Rule[] = [
  { permission: 'media', names: ['camera'], media: 'video' },
  { permission: 'media', names: ['microphone'], media: 'audio' },
  { permission: 'geolocation', names: ['geolocation'] },
  { permission: 'notifications', names: ['notifications'] },
  { permission: 'midi', names: ['midi'] },
  { permission: 'clipboard-read', names: ['clipboard-read'] },
  { permission: 'clipboard-sanitized-write', names: ['clipboard-write'] },
  { permission: 'idle-detection', names: ['idle-detection'] },
  { permission: 'local-fonts', names: ['local-fonts'] },
  { permission: 'persistent-storage', names: ['persistent-storage'] },
  { permission: 'screen-wake-lock', names: ['screen-wake-lock'] },
  { permission: 'sensors', names: ['accelerometer', 'gyroscope', 'magnetometer', 'ambient-light-sensor'] },
  { permission: 'storage-access', names: ['storage-access'] },
  { permission: 'window-management', names: ['window-management'] },
]

/**
 * Asks the session's two handlers about every permission of an origin and tells Chromium, before the page loads.
 * Electron asks when the page does; the stand-in cannot, so a handler's answer must not change with time.
 */
export function applyPermissions(contents: WebContents, url: string): void {
  const cdp = runtime.chromium!.cdp
  const target = toChromium(url)
  if (!/^https?:/.test(target)) return
  const origin = new URL(target).origin
  const requestingOrigin = applicationOrigin(url)
  const { checkHandler, requestHandler } = contents.session
  const sender = contents as unknown as Electron.WebContents
  for (const { permission, names, media } of rules) {
    const set = (granted: boolean): void => {
      for (const name of names) {
        cdp.post('Browser.setPermission', { permission: { name }, setting: granted ? 'granted' : 'denied', origin })
      }
    }
    const checked =
      checkHandler?.(sender, permission, requestingOrigin, {
        isMainFrame: true,
        requestingUrl: url,
        securityOrigin: requestingOrigin,
        ...(media && { mediaType: media }),
      }) ?? true
    if (!checked || !requestHandler) {
      set(checked)
      continue
    }
    let answered = false
    const answer = (granted: boolean): void => {
      answered = true
      set(granted)
    }
    requestHandler(sender, permission, answer, {
      isMainFrame: true,
      requestingUrl: url,
      ...(media && { mediaTypes: [media], securityOrigin: requestingOrigin }),
    })
    if (!answered) set(false)
  }
}
