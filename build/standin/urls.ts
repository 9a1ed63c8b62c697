const standardSchemes = new Set<string>()

/** Remembers a scheme announced by `protocol.registerSchemesAsPrivileged`. */
export function addScheme(scheme: string): void {
  standardSchemes.add(scheme)
}

/**
 * `app://officer/index.html` as Chromium sees it: `https://officer.app.internal/index.html`, a secure origin of its own
 * which no network answers for. Other URLs stay as they are.
 */
export function toChromium(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url)
  if (!match || !standardSchemes.has(match[1]!.toLowerCase())) return url
  const rest = match[3]!
  return `https://${match[2]!.toLowerCase()}.${match[1]!.toLowerCase()}.internal${rest.startsWith('/') ? rest : `/${rest}`}`
}

/** The reverse of `toChromium`. */
export function fromChromium(url: string): string {
  const match = /^https:\/\/([^/?#]+)\.([a-z0-9+-]+)\.internal(?=[/?#]|$)(.*)$/is.exec(url)
  return match && standardSchemes.has(match[2]!) ? `${match[2]}://${match[1]}${match[3]}` : url
}

export function schemeOf(url: string): string {
  return url.slice(0, Math.max(0, url.indexOf(':'))).toLowerCase()
}
