import * as React from 'react'
import { Button, makeStyles, mergeClasses } from '@fluentui/react-components'
import { SparkleRegular } from '@fluentui/react-icons'
import type { Overview } from '@countersign/core/api/posture.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { Delta } from '@countersign/ui/delta.tsx'
import { PathText } from '@countersign/ui/path-text.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { SeverityMark } from '@countersign/ui/severity-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useMe, useShut } from '../../client/client.tsx'
import { PageButton, PageLink } from '../../layout/links.tsx'
import { whyClosed } from '../../layout/proposal.ts'
import { counted } from '../../layout/words.ts'

const columns = '84px minmax(0, 1fr) 96px 44px 148px'

const useStyles = makeStyles({
  heads: {
    display: 'grid',
    gridTemplateColumns: columns,
    columnGap: '12px',
    padding: '0 20px 8px',
    '@container (max-width: 1199px)': { display: 'none' },
  },
  row: {
    display: 'grid',
    gridTemplateColumns: columns,
    columnGap: '12px',
    alignItems: 'center',
    gridTemplateAreas: '"severity what affects adds fix"',
    '@container (min-width: 640px) and (max-width: 1199px)': {
      gridTemplateColumns: '92px minmax(0, 1fr) auto',
      rowGap: '6px',
      gridTemplateAreas: '"severity what adds" ". affects fix"',
    },
    '@container (max-width: 639px)': {
      gridTemplateColumns: 'minmax(0, 1fr) auto',
      rowGap: '4px',
      gridTemplateAreas: '"severity adds" "what what" "affects affects" "fix fix"',
    },
  },
  severity: { gridArea: 'severity' },
  what: { gridArea: 'what', minWidth: 0 },
  affects: { gridArea: 'affects', textAlign: 'right', '@container (max-width: 1199px)': { textAlign: 'left' } },
  adds: { gridArea: 'adds', textAlign: 'right' },
  fix: { gridArea: 'fix', width: '100%', boxSizing: 'border-box' },
  title: { fontWeight: 600, textWrap: 'pretty' },
  right: { textAlign: 'right' },
  // Some reasons name dozens of roles: a list of five stays one, and the finding has the whole.
  because: { display: '-webkit-box', WebkitBoxOrient: 'vertical', WebkitLineClamp: '3', overflow: 'hidden' },
})

export interface RiskFixes {
  readonly isBusy: boolean
  readonly onFix: (findingKey: string) => void
  readonly onShow: (proposalId: string) => void
}

/** What to mend first, the most severe above. Only the first fix is the primary button. */
export function TopRisks({ overview, fixes }: { readonly overview: Overview; readonly fixes: RiskFixes }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  const me = useMe()
  const { risks, openFindings, checks } = overview
  const isOn = me.data?.act === 'on'
  const shut = useShut()
  const closedBecause = shut ?? (me.data ? whyClosed(me.data) : '')
  const primary = isOn ? risks.find(({ fixable }) => fixable) : undefined
  if (risks.length === 0) {
    return (
      <Card title="Nothing is open">
        <p className={text.body}>{`${counted(checks.read, 'check was', 'checks were', locale)} read, and none found anything to mend.`}</p>
      </Card>
    )
  }
  const caption = text.caption
  return (
    <Card
      title={risks.length === 5 ? 'Top five risks' : 'Top risks'}
      note="the most severe first, then by what fixing adds to the score"
      action={
        <PageLink to="/findings">
          {openFindings === 1 ? 'The 1 finding' : `All ${counted(openFindings, 'finding', 'findings', locale)}`}
        </PageLink>
      }

      flush
    >
      <div className={styles.heads} aria-hidden="true">
        <span className={caption}>Severity</span>
        <span className={caption}>Risk</span>
        <span className={mergeClasses(caption, styles.right)}>Affects</span>
        <span className={mergeClasses(caption, styles.right)}>Adds</span>
      </div>
      <ol className={rows.list}>
        {risks.map((risk) => {
          const page = `/findings/${risk.checkId}`
          return (
            <li key={risk.checkId} className={mergeClasses(rows.row, styles.row)}>
              <span className={styles.severity}>
                <SeverityMark severity={risk.severity} />
              </span>
              <div className={styles.what}>
                <PageLink quiet to={page} className={styles.title}>
                  {risk.title}
                </PageLink>
                <p className={mergeClasses(text.caption, styles.because)}>
                  <PathText text={risk.because} />
                </p>
              </div>
              <span className={mergeClasses(text.body, styles.affects)}>{risk.affects}</span>
              <span className={styles.adds} title="Points that fixing it adds to the score">
                <Delta value={risk.adds} arrow={false} />
              </span>
              <RiskButton risk={risk} isOn={isOn} isPrimary={risk === primary} closedBecause={closedBecause} fixes={fixes} />
            </li>
          )
        })}
      </ol>
    </Card>
  )
}

/** Proposes the fix of the risk's first object at once; where it has none, leads to the finding. */
function RiskButton({
  risk,
  isOn,
  isPrimary,
  closedBecause,
  fixes,
}: {
  readonly risk: Overview['risks'][number]
  readonly isOn: boolean
  readonly isPrimary: boolean
  readonly closedBecause: string
  readonly fixes: RiskFixes
}): React.ReactElement {
  const styles = useStyles()
  const fix = isOn ? (risk.fix ?? null) : null
  if (fix === null)
    return (
      <PageButton to={`/findings/${risk.checkId}`} className={styles.fix} label={`See the finding: ${risk.title}`} icon={null}>
        See the finding
      </PageButton>
    )
  const { proposalId, findingKey, name, objects } = fix
  const about = objects > 1 ? `${risk.title}, first ${name}` : risk.title
  return (
    <Button
      size="small"
      className={styles.fix}
      appearance={isPrimary ? 'primary' : 'secondary'}
      icon={proposalId === null ? <SparkleRegular /> : null}
      aria-label={`${proposalId === null ? 'Fix with the Aid' : 'See the proposal'}: ${about}`}
      disabledFocusable={proposalId === null && (closedBecause !== '' || fixes.isBusy)}
      title={
        proposalId === null && closedBecause !== ''
          ? closedBecause
          : objects > 1
            ? `Proposes the fix for ${name}, the first of ${objects}`
            : undefined
      }
      onClick={() => (proposalId === null ? fixes.onFix(findingKey) : fixes.onShow(proposalId))}
    >
      {proposalId === null ? 'Fix with the Aid' : 'See the proposal'}
    </Button>
  )
}
