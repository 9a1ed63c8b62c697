import { Link } from 'react-aria-components'
import Markdown, { type Components } from 'react-markdown'
import type { GuidePath } from './open.ts'
import { linkedPage, partOf } from './page-text.ts'

const files = import.meta.glob<string>(['../../../docs/failure-codes/*.md', '../../../docs/huong-dan-can-bo/*.md'], {
  eager: true,
  query: '?raw',
  import: 'default',
})
const texts = new Map(Object.entries(files).map(([path, text]) => [path.replace(/^.*\/docs\//u, ''), text]))
const paths: ReadonlySet<string> = new Set(texts.keys())

export type GuidePageProps = {
  readonly path: GuidePath
  readonly language: string
  readonly onOpen: (path: GuidePath) => void
  /** Instead of a page that is not there. */
  readonly missing: string
}

/** A page of the guide. Its headings stand below that of the sheet it is on. */
export function GuidePage({ path, language, onOpen, missing }: GuidePageProps) {
  const page = texts.get(path)
  if (page === undefined) return <p>{missing}</p>
  const { text, lang } = partOf(page, language)
  const components: Components = {
    h1: ({ children }) => <h2>{children}</h2>,
    h2: ({ children }) => <h3>{children}</h3>,
    h3: ({ children }) => <h4>{children}</h4>,
    code: ({ children }) => <kbd>{children}</kbd>,
    img: () => null,
    a: ({ href, children }) => {
      const to = linkedPage(href, path, paths)
      if (to === undefined) return <>{children}</>
      return (
        <Link className="guide-link" onPress={() => onOpen(to)}>
          {children}
        </Link>
      )
    },
  }
  return (
    <div lang={lang} className="guide-text">
      <Markdown skipHtml components={components}>
        {text}
      </Markdown>
    </div>
  )
}
