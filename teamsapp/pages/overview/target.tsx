import * as React from 'react'
import { Button, makeStyles } from '@fluentui/react-components'
import type { Overview } from '@countersign/core/api/posture.ts'
import { useMe } from '../../client/client.tsx'

const TargetDialog = React.lazy(async () => ({ default: (await import('./target-dialog.tsx')).TargetDialog }))

// The words of the button end where the card's do.
const useStyles = makeStyles({ button: { marginRight: '-8px' } })

/** Where an Owner says which score the tenant wants to reach; nothing for others. */
export function Target({ score }: { readonly score: Overview['score'] }): React.ReactElement | null {
  const styles = useStyles()
  const me = useMe()
  const [isOpen, setOpen] = React.useState(false)
  if (!score || me.data?.roles.includes('owner') !== true) return null
  const target = score.target ?? null
  return (
    <>
      <Button size="small" appearance="subtle" className={styles.button} onClick={() => setOpen(true)}>
        {target === null ? 'Set target' : 'Change target'}
      </Button>
      <React.Suspense fallback={null}>{isOpen && <TargetDialog target={target} onClose={() => setOpen(false)} />}</React.Suspense>
    </>
  )
}
