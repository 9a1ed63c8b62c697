import { parentPort } from 'node:worker_threads'
import { toFailure, type Result } from '#domain/failure/index.ts'
import type { HostCalls } from '#native/capability/host.ts'
import { decodePicture, lookAtPage, makePage, readCodes, readZone } from '#native/imaging/page/index.ts'
import { readText } from './page-text.ts'
import type { PageAnswer, PageCall, PageTask } from './page.ts'

type Work = { readonly [Name in PageCall]: (input: HostCalls[Name]['input']) => Promise<HostCalls[Name]['output']> }

const work: Work = {
  'page.look': async (input) => lookAtPage(input),
  'page.make': async (input) => makePage(input),
  'page.read': async ({ picture: file, wanted }) => {
    const picture = decodePicture(file, 'page.read')
    if (wanted === 'codes') return { codes: await readCodes(picture), texts: [] }
    if (wanted === 'text') return { codes: [], texts: await readText(picture) }
    const mrz = readZone(picture)
    return { codes: [], texts: [], ...(mrz && { mrz }) }
  },
}

parentPort?.on('message', (task: PageTask) => void answer(task))

async function answer({ id, name, input }: PageTask): Promise<void> {
  let result: Result<unknown>
  try {
    result = { ok: true, value: await (work[name] as (input: unknown) => Promise<unknown>)(input) }
  } catch (error) {
    result = { ok: false, error: toFailure(error, name) }
  }
  parentPort?.postMessage({ id, result } satisfies PageAnswer)
}
