import * as React from 'react'
import { Button, makeStyles } from '@fluentui/react-components'
import type { FindingPage } from '@countersign/core/api/findings.ts'
import { useMe } from '../../client/client.tsx'

const SuppressDialog = React.lazy(async () => ({ default: (await import('../findings/suppress-dialog.tsx')).SuppressDialog }))
const DeclareDialog = React.lazy(async () => ({ default: (await import('../findings/declare-dialog.tsx')).DeclareDialog }))

type AffectedObject = FindingPage['affected'][number]

const useStyles = makeStyles({ line: { display: 'flex', flexWrap: 'wrap', gap: '0 4px', '& > button': { flexGrow: 1 } } })

/** To accept the finding about one object for a while, or to declare the object as wanted. Not shown to those who may do neither. */
export function RowActions({
  finding,
  object,
}: {
  readonly finding: FindingPage
  readonly object: AffectedObject
}): React.ReactElement | null {
  const styles = useStyles()
  const me = useMe()
  const [open, setOpen] = React.useState<'suppress' | 'declare'>()
  const roles = me.data?.roles ?? []
  const isOpen = object.state === 'open' || object.state === 'returned'
  const maySuppress = isOpen && (roles.includes('owner') || roles.includes('admin'))
  const mayDeclare = isOpen && roles.includes('owner') && (object.declarable ?? []).length > 0
  if (!maySuppress && !mayDeclare && open === undefined) return null
  const name = object.name === '' ? 'this tenant' : object.name
  const { findingKey } = object
  return (
    <div className={styles.line}>
      {maySuppress && (
        <Button size="small" appearance="subtle" aria-label={`Accept for a while: ${name}`} onClick={() => setOpen('suppress')}>
          Accept
        </Button>
      )}
      {mayDeclare && (
        <Button size="small" appearance="subtle" aria-label={`Declare as exception: ${name}`} onClick={() => setOpen('declare')}>
          Declare
        </Button>
      )}
      <React.Suspense fallback={null}>
        {open === 'suppress' && (
          <SuppressDialog
            items={[{ key: findingKey, name, checkId: finding.checkId, findingKey }]}
            onDone={() => undefined}
            onClose={() => setOpen(undefined)}
          />
        )}
        {open === 'declare' && (
          <DeclareDialog
            rows={[{ ...object, declarable: object.declarable ?? [] }]}
            onDone={() => undefined}
            onClose={() => setOpen(undefined)}
          />
        )}
      </React.Suspense>
    </div>
  )
}

/** To accept whatever the check finds, now and later, for a while. */
export function AcceptAll({ finding }: { readonly finding: FindingPage }): React.ReactElement | null {
  const me = useMe()
  const [isOpen, setOpen] = React.useState(false)
  const roles = me.data?.roles ?? []
  if (finding.open === 0 || !(roles.includes('owner') || roles.includes('admin'))) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>Accept for a while</Button>
      <React.Suspense fallback={null}>
        {isOpen && (
          <SuppressDialog
            items={[{ key: finding.checkId, name: finding.title, checkId: finding.checkId, findingKey: undefined }]}
            onDone={() => undefined}
            onClose={() => setOpen(false)}
          />
        )}
      </React.Suspense>
    </>
  )
}
