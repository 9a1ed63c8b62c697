const families = new Map<string, string>()
const loading = new Map<string, Promise<FontFace | undefined>>()

/**
 * Loads the fonts of a pack; one that is not there, or that the browser's sanitiser refuses, is passed over, and its
 * letters are drawn with the program's own fonts.
 */
export async function loadPackFonts(language: string, names: readonly string[]): Promise<void> {
  const faces = await Promise.all(names.map((name) => load(language, name)))
  families.set(
    language,
    faces.flatMap((face) => (face ? [`'${face.family.replaceAll(/['"]/gu, '')}'`] : [])).join(', '),
  )
}

/** From now on texts of packs are drawn with the fonts of this one first. */
export function showPackFontsOf(language: string): void {
  const own = families.get(language) ?? ''
  const { style } = document.documentElement
  if (own === '') style.removeProperty('--pack-fonts')
  else style.setProperty('--pack-fonts', own)
}

function load(language: string, name: string): Promise<FontFace | undefined> {
  const path = `/font/${language}/${name}`
  const known = loading.get(path)
  if (known) return known
  const face = new FontFace(`pack-${language}-${name}`, `url('${path}') format('woff2')`)
  const done = face.load().then(
    () => {
      document.fonts.add(face)
      return face
    },
    () => undefined,
  )
  loading.set(path, done)
  return done
}
