import type { HostCalls } from '#native/capability/host.ts'
import { decodePicture, lookAtPage, makePage, readCodes, readZone } from '#native/imaging/page/index.ts'
import { readText } from './page-text.ts'
import { serveTasks } from '../worker-thread.ts'
import type { PageCall } from './page.ts'

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

serveTasks((name, input) => (work[name as PageCall] as (input: unknown) => Promise<unknown>)(input))
