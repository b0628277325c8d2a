import * as React from 'react'
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular, ArrowSyncRegular } from '@fluentui/react-icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Trust } from '@countersign/core/api/trust.ts'
import type { Standing } from '@countersign/ui/contract.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient, useRoute } from '../client/client.tsx'
import { ChangeButton } from '../layout/change-button.tsx'
import { Page, useGrid } from '../layout/page.tsx'
import { saveFile } from '../layout/save-file.ts'
import { Loaded, TroubleBar } from '../layout/states.tsx'
import { ClaimRow } from './trust/claim-row.tsx'

/** Five answers are always counted; Stated only where there is such a claim. */
const counted = ['proven', 'partly', 'stale', 'unknown', 'failing'] as const satisfies readonly Standing[]

const useStyles = makeStyles({
  counts: {
    display: 'grid',
    gridAutoFlow: 'column',
    gridAutoColumns: 'minmax(0, 1fr)',
    margin: '0 0 16px',
    padding: 0,
    listStyleType: 'none',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '8px',
    overflow: 'hidden',
    '@container (max-width: 859px)': { gridAutoFlow: 'row', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)' },
  },
  count: {
    padding: '14px 20px',
    boxShadow: `-1px -1px 0 0 ${tokens.colorNeutralStroke2}`,
    '@container (max-width: 639px)': { padding: '12px 16px' },
  },
  figure: { fontSize: '28px', lineHeight: '36px', fontWeight: 600, margin: 0 },
})

/** What is claimed, and what the evidence says right now. */
export function TrustPage(): React.ReactElement {
  const query = useRoute('trust', 'GET /api/trust', {})
  return (
    <Loaded title="Trust Center" query={query}>
      {(trust, trouble) => <TrustContent trust={trust} trouble={trouble} />}
    </Loaded>
  )
}

function TrustContent({ trust, trouble }: { readonly trust: Trust; readonly trouble: React.ReactNode }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  const grid = useGrid()
  const { service } = useClient()
  const queries = useQueryClient()
  const observe = useMutation({
    mutationFn: () => service.call('POST /api/trust/refresh', { body: {} }),
    onSuccess: (answer) => queries.setQueryData(['trust', {}], answer),
  })
  const topics = [...new Map(trust.claims.map((claim) => [claim.topic, claim.topicTitle]))]
  const standings: readonly Standing[] = (trust.counts.stated ?? 0) > 0 ? [...counted, 'stated'] : counted
  return (
    <Page
      title="Trust Center"
      facts="What we claim, and what the evidence says right now. Claims that do not hold stay on the page."
      actions={
        <>
          <ChangeButton icon={<ArrowSyncRegular />} disabledFocusable={observe.isLoading} onClick={() => observe.mutate()}>
            Observe again now
          </ChangeButton>
          <Button
            icon={<ArrowDownloadRegular />}
            onClick={() => saveFile('countersign-evidence.json', 'application/json', `${JSON.stringify(trust, null, 2)}\n`)}
          >
            Download evidence
          </Button>
        </>
      }
    >
      {trouble}
      {observe.error != null && <TroubleBar error={observe.error} />}
      <ul className={styles.counts} aria-label="Claims by standing">
        {standings.map((standing) => (
          <li key={standing} className={styles.count}>
            <StandingMark standing={standing} />
            <p className={styles.figure}>{formatCount(trust.counts[standing] ?? 0, locale)}</p>
          </li>
        ))}
      </ul>
      <div className={grid.stack}>
        {topics.map(([topic, title]) => (
          <Card key={topic} title={title} flush>
            <ul className={rows.list}>
              {trust.claims
                .filter((claim) => claim.topic === topic)
                .map((claim) => (
                  <ClaimRow key={claim.id} claim={claim} />
                ))}
            </ul>
          </Card>
        ))}
        {trust.scans.sentence !== '' && <p className={text.body}>{trust.scans.sentence}</p>}
        <p className={mergeClasses(text.caption)}>{deploymentSentence(trust.profile)}</p>
      </div>
    </Page>
  )
}

/** What this deployment may do and where it runs, in words that a reviewer needs no glossary for. */
function deploymentSentence({ act, assistant, isolation, environment, region }: Trust['profile']): string {
  const parts = [
    act === 'on' ? 'changes can be asked for and countersigned' : 'nothing can be changed through it',
    assistant === 'none'
      ? 'no language model takes part'
      : `a ${assistant === 'local' ? 'local' : 'cloud'} language model takes part in the chat`,
    isolation === 'dedicated' ? 'it serves this tenant only' : 'it serves several tenants, kept apart in the database',
    environment === 'emulator' ? 'it reads a local stand-in for Microsoft 365' : 'it reads a real tenant',
    region === '' ? 'its region is not stated' : `it runs in ${region}`,
  ]
  return `This deployment: ${parts.join('; ')}.`
}
