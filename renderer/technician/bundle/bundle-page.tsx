import { ClipboardCopy, PackageCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput, StationView } from '#contract/index.ts'
import { useAct } from '../../state/act.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { CallNotice } from '../call-notice.tsx'
import { useCopy } from '../copying.ts'
import { desk } from '../desk.ts'
import { PageHead } from '../page-head.tsx'
import { CentreCard } from './centre-card.tsx'
import { SupportCode } from './support-code.tsx'

type Bundle = CallOutput<'makeBundle'>

/** One file for who helps from afar, and what can be read to them over the telephone. */
export function BundlePage({
  phase,
  folder,
  onFolder,
}: {
  /** Of the station. */
  readonly phase: StationView['phase'] | undefined
  readonly folder: string
  readonly onFolder: (folder: string) => void
}) {
  const { t } = useTranslation()
  const copy = useCopy()
  const [bundle, setBundle] = useState<Bundle>()
  const making = useAct()
  const make = () =>
    making.run(async () => {
      const result = await desk.call.makeBundle({ folder: folder.trim() })
      if (result.ok) setBundle(result.value)
      return result
    })
  return (
    <>
      <PageHead
        title={t('page.bundle')}
        line={t('bundle.line')}
        acts={
          <Button
            keys="Alt+C"
            icon={<ClipboardCopy size={18} aria-hidden />}
            isDisabled={!bundle}
            onPress={() => bundle && copy(textOf(bundle), t('bundle.summary'))}
          >
            {t('bundle.copy')}
          </Button>
        }
      />
      <div className="page-body">
        <div className="bundle-columns">
          <Card title={t('bundle.make')}>
            <div className="bundle-form">
              <Field
                label={t('folder')}
                value={folder}
                onChange={onFolder}
                maxLength={1024}
                autoFocus
                placeholder={t('folderExample')}
                note={t('bundle.folderNote')}
              />
              <div className="task-acts">
                <Button
                  keys="Enter"
                  kind="next"
                  icon={<PackageCheck size={18} aria-hidden />}
                  isDisabled={folder.trim() === ''}
                  busy={making.busy}
                  onPress={() => void make()}
                >
                  {t(making.busy ? 'bundle.making' : 'bundle.act')}
                </Button>
              </div>
              {making.failure && <CallNotice code={making.failure.code} />}
            </div>
          </Card>
          <CentreCard phase={phase} />
        </div>
        {bundle && <Made bundle={bundle} />}
      </div>
    </>
  )
}

function Made({ bundle }: { readonly bundle: Bundle }) {
  const { t } = useTranslation()
  const { file, sha256, code, codeImage, summary } = bundle
  return (
    <section className="bundle" aria-label={t('bundle.made')}>
      <Card title={t('bundle.code')}>
        <SupportCode code={code} codeImage={codeImage} />
        <dl className="bundle-facts">
          <dt>{t('bundle.file')}</dt>
          <dd className="mono address">{file}</dd>
          <dt>SHA-256</dt>
          <dd className="mono address">{sha256.match(/.{1,8}/gu)?.join(' ')}</dd>
        </dl>
      </Card>
      <Card title={t('bundle.summary')}>
        <div className="bundle-summary" role="region" tabIndex={0} aria-label={t('bundle.summary')}>
          {summary.join('\n')}
        </div>
      </Card>
    </section>
  )
}

const textOf = ({ file, sha256, code, summary }: Bundle) => [code, file, `SHA-256 ${sha256}`, '', ...summary].join('\n')
