import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Failure } from '#domain/failure/index.ts'

/** The failure in Vietnamese and in English, what to do included, its code, and the page that explains it. */
export async function failureText({ code, step }: Failure): Promise<string[]> {
  const sentences = await Promise.all(['vi', 'en'].map((language) => sentence(language, code)))
  return [...sentences.filter((text) => text !== undefined), `${code} (${step}) · docs/failure-codes/${code}.md`]
}

async function sentence(language: string, code: string): Promise<string | undefined> {
  try {
    const path = join(import.meta.dirname, '../../resources/languages', language, 'failures.json')
    const texts = JSON.parse(await readFile(path, 'utf8')) as Record<string, { title?: string; advice?: string }>
    const found = texts[code]
    return found && [found.title, found.advice].filter(Boolean).join('. ')
  } catch {
    return undefined
  }
}
