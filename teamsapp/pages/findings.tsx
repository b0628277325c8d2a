import * as React from 'react'
import { Button, Input, makeStyles, mergeClasses, Select } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { Card } from '@countersign/ui/card.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { severityWords } from '@countersign/ui/severity-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useRoute } from '../client/client.tsx'
import { toCsv } from '../layout/csv.ts'
import { Page } from '../layout/page.tsx'
import { saveFile } from '../layout/save-file.ts'
import { useSearchState } from '../layout/search-state.ts'
import { Loaded } from '../layout/states.tsx'
import { counted, findingStateWords } from '../layout/words.ts'
import { FindingTable } from './findings/table.tsx'
import { orderFrom, sorted, matching, type FindingRow } from './findings/rows.ts'

const useStyles = makeStyles({
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px 12px',
    alignItems: 'center',
    padding: '12px 20px',
    '@container (max-width: 639px)': { padding: '12px 16px' },
  },
  search: { flexGrow: 1, flexBasis: '220px', maxWidth: '420px' },
  empty: { padding: '0 20px 16px' },
})

/** All findings by check; search, state and order are in the address, so that a link shows the same. */
export function FindingsPage(): React.ReactElement {
  const query = useRoute('findings', 'GET /api/findings', {})
  return (
    <Loaded title="Findings" query={query}>
      {({ findings }, trouble) => <FindingsContent findings={findings} trouble={trouble} />}
    </Loaded>
  )
}

function FindingsContent({
  findings,
  trouble,
}: {
  readonly findings: readonly FindingRow[]
  readonly trouble: React.ReactNode
}): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const [words, setWords] = useSearchState('search')
  const [state, setState] = useSearchState('state', 'unresolved')
  const [order, setOrder] = useSearchState('order', '-adds')
  const shown = sorted(matching(findings, words, state), orderFrom(order), locale)
  return (
    <Page
      title="Findings"
      facts={`${counted(shown.length, 'finding', 'findings', locale)} shown, ${findings.length} in all`}
      actions={
        <Button
          icon={<ArrowDownloadRegular />}
          onClick={() => saveFile('countersign-findings.csv', 'text/csv;charset=utf-8', csvOf(shown))}
        >
          Download as CSV
        </Button>
      }
    >
      {trouble}
      <Card title="By check" note="one row a check; its objects are on its page" flush>
        <div className={styles.tools}>
          <Input
            className={styles.search}
            type="search"
            placeholder="Search findings"
            aria-label="Search findings"
            value={words}
            onChange={(_, { value }) => setWords(value)}
          />
          <Select aria-label="State of the findings" value={state} onChange={(_, { value }) => setState(value)}>
            <option value="unresolved">Not closed</option>
            <option value="closed">Closed</option>
            <option value="all">All states</option>
          </Select>
        </div>
        {shown.length === 0 ? (
          <p className={mergeClasses(text.body, styles.empty)}>
            {findings.length === 0 ? 'Nothing is open.' : 'No finding fits the search and the state chosen.'}
          </p>
        ) : (
          <FindingTable findings={shown} order={orderFrom(order)} onOrder={setOrder} />
        )}
      </Card>
    </Page>
  )
}

function csvOf(findings: readonly FindingRow[]): string {
  const head = [
    'Code',
    'Check',
    'Severity',
    'Finding',
    'Area',
    'Open objects',
    'Further objects not listed',
    'Points',
    'First seen (UTC)',
    'State',
  ]
  return toCsv([
    head,
    ...findings.map((row) => [
      row.code,
      row.checkId,
      severityWords[row.severity],
      row.title,
      row.areaTitle,
      row.open,
      row.unlisted,
      row.adds,
      row.firstSeen,
      findingStateWords[row.state],
    ]),
  ])
}
