import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { EyeOffRegular } from '@fluentui/react-icons'
import type { Overview } from '@countersign/core/api/posture.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { PathText } from '@countersign/ui/path-text.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useMe } from '../../client/client.tsx'
import { ChangeButton } from '../../layout/change-button.tsx'
import { GrantPermission } from '../../layout/grant-permission.tsx'
import { useStartScan } from '../../layout/scan.ts'
import { isTold, TroubleBar } from '../../layout/states.tsx'
import { counted } from '../../layout/words.ts'

/** Where *See coverage* leads. */
export const coverageId = 'coverage'

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '18px minmax(0, 1fr) auto',
    columnGap: '10px',
    '@container (max-width: 639px)': { gridTemplateColumns: '18px minmax(0, 1fr)' },
  },
  reason: { margin: 0, padding: '4px 20px 6px', '@container (max-width: 639px)': { padding: '4px 16px 6px' } },
  mend: { '@container (max-width: 639px)': { gridColumnStart: 2 } },
})

type Gap = Overview['notRead'][number]

const reasons = {
  scope: { key: 'rights', title: 'A permission is missing' },
  role: { key: 'rights', title: 'A permission is missing' },
  licence: { key: 'licence', title: 'The tenant has no licence for it' },
  graph: { key: 'graph', title: 'Microsoft Graph did not answer' },
  notYet: { key: 'notYet', title: 'Not read yet' },
  beta: { key: 'other', title: 'Not offered for use' },
  shape: { key: 'other', title: 'Not offered for use' },
} as const satisfies Record<Gap['reason'], { readonly key: string; readonly title: string }>

/** What can be mended comes first. */
function reasonGroups(gaps: readonly Gap[]): readonly { readonly key: string; readonly title: string; readonly gaps: readonly Gap[] }[] {
  const order = ['rights', 'graph', 'notYet', 'licence', 'other'] as const
  return order.flatMap((key) => {
    const own = gaps.filter(({ reason }) => reasons[reason].key === key)
    const [first] = own
    return first ? [{ key, title: reasons[first.reason].title, gaps: own }] : []
  })
}

/** What the scan could not read, why, and what would mend it. Unread is never passed. */
export function NotRead({ overview }: { readonly overview: Overview }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  const { notRead, checks } = overview
  const unread = checks.of - checks.read
  if (notRead.length === 0) {
    return (
      <Card title="Everything was read">
        <p className={text.body}>{`All ${counted(checks.of, 'check', 'checks', locale)} had what they need.`}</p>
      </Card>
    )
  }
  return (
    <div id={coverageId} tabIndex={-1} style={{ display: 'grid' }}>
      <Card title="Could not be read" note={`${formatCount(unread, locale)} of ${formatCount(checks.of, locale)} checks`} flush>
        {reasonGroups(notRead).map(({ key, title, gaps }) => (
          <div key={key}>
            <h3 className={mergeClasses(text.captionStrong, styles.reason)}>
              {`${title}: ${counted(
                gaps.reduce((sum, { checks: count }) => sum + count, 0),
                'check',
                'checks',
                locale,
              )}`}
            </h3>
            <ul className={rows.list}>
              {gaps.map((gap) => (
                <li key={`${gap.fact} ${gap.reason}`} className={mergeClasses(rows.row, styles.row)}>
                  <EyeOffRegular fontSize={16} aria-hidden="true" />
                  <div>
                    <p className={text.strong}>
                      {gap.title} <span className={text.caption}>{counted(gap.checks, 'check', 'checks', locale)}</span>
                    </p>
                    <p className={text.body}>
                      <PathText text={gap.sentence} />
                    </p>
                  </div>
                  <div className={styles.mend}>
                    <Mend gap={gap} isScanning={overview.runningScan !== null} />
                  </div>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </Card>
    </div>
  )
}

function Mend({ gap, isScanning }: { readonly gap: Gap; readonly isScanning: boolean }): React.ReactElement {
  const text = useText()
  const me = useMe()
  const start = useStartScan()
  switch (gap.mend) {
    case 'grantPermission':
      return <GrantPermission title={gap.title} />
    case 'none':
      return <span className={text.caption}>No action needed</span>
    case 'assignRole':
      return <span className={text.caption}>Needs an Entra role</span>
    case 'retry':
      return (
        <>
          <ChangeButton
            size="small"
            aria-label={`Scan again to read ${gap.title}`}
            disabledFocusable={me.data?.may.scan !== true || isScanning || start.isLoading}
            {...(isScanning ? { title: 'A scan is running' } : {})}
            onClick={() => start.mutate(undefined)}
          >
            Scan again
          </ChangeButton>
          {!isTold(start.error) && <TroubleBar error={start.error} />}
        </>
      )
  }
}
