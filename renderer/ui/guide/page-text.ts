const english = /^## English\n+/mu

/**
 * The part of a page in a language, with the page's heading: Vietnamese stands first, English below `## English` and a
 * level deeper. A page without an English part is whole in every language.
 */
export function partOf(page: string, language: string): { readonly text: string; readonly lang: 'vi' | 'en' } {
  const [vietnamese = '', foreign] = page.split(english)
  if (language === 'vi' || foreign === undefined) return { text: vietnamese.trim(), lang: 'vi' }
  const heading = /^# .+$/mu.exec(vietnamese)?.[0] ?? ''
  return { text: `${heading}\n\n${foreign.replaceAll(/^###/gmu, '##').trim()}`, lang: 'en' }
}

/** Where a link on a page leads: a path under docs/, or nothing when it leads out of the guide. */
export function linkedPage(href: string | undefined, page: string, pages: ReadonlySet<string>): string | undefined {
  const inside = 'guide://pages/'
  const target = URL.parse(href ?? '', `${inside}${page}`)
  const path = target?.href.startsWith(inside) ? decoded(target.pathname.slice(1)) : undefined
  return path !== undefined && pages.has(path) ? path : undefined
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
