import * as React from 'react'
import { Button } from '@fluentui/react-components'
import { SparkleRegular } from '@fluentui/react-icons'
import { useParams } from 'react-router-dom'
import type { FindingPage as Finding } from '@countersign/core/api/findings.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { SeverityMark } from '@countersign/ui/severity-mark.tsx'
import { Moment } from '@countersign/ui/moment.tsx'
import { useMe, useRoute, useShut } from '../client/client.tsx'
import { Crumbs } from '../layout/breadcrumb.tsx'
import { Page, useGrid } from '../layout/page.tsx'
import { usePropose, whyClosed } from '../layout/proposal.ts'
import { ProposalCard, showProposalCard } from '../layout/proposal-card.tsx'
import { ProposeTrouble } from '../layout/propose-trouble.tsx'
import { useSearchState } from '../layout/search-state.ts'
import { Loaded } from '../layout/states.tsx'
import { counted, findingStateWords } from '../layout/words.ts'
import { Affected } from './finding/affected.tsx'
import { Answers } from './finding/answers.tsx'
import { Explanation, Remediation } from './finding/explanation.tsx'
import { NearMiss } from './finding/near-miss.tsx'
import { Related } from './finding/related.tsx'
import { AcceptAll } from './finding/row-actions.tsx'
import { AtAGlance, History } from './finding/side.tsx'

/** One finding: what it is, why it matters, what it rests on, and the way to mend it. */
export function FindingPage(): React.ReactElement {
  const { checkId = '' } = useParams()
  const query = useRoute('finding', 'GET /api/findings/:checkId', { params: { checkId } })
  return (
    <Loaded title="Finding" query={query}>
      {(finding, trouble) => <FindingContent finding={finding} trouble={trouble} />}
    </Loaded>
  )
}

function FindingContent({ finding, trouble }: { readonly finding: Finding; readonly trouble: React.ReactNode }): React.ReactElement {
  const { locale } = useReader()
  const grid = useGrid()
  const me = useMe()
  const [proposalId, setProposalId] = useSearchState('proposal')
  const propose = usePropose((proposal) => setProposalId(proposal.id))
  const fixable = finding.affected.filter(({ fix, state }) => fix !== null && state !== 'closed')
  const [first] = fixable
  const isOn = me.data?.act === 'on'
  const shut = useShut()
  const closedBecause = shut ?? (me.data ? whyClosed(me.data) : '')
  return (
    <Page
      title={finding.title}
      above={<Crumbs to="/findings" list="Findings" here={finding.code} />}
      facts={
        <>
          <SeverityMark severity={finding.severity} />
          <span>{finding.areaTitle}</span>
          <span>
            {`${findingStateWords[finding.state]}, first seen `}
            <Moment at={finding.firstSeen} as="day" />
          </span>
          <span>{counted(finding.affected.length + finding.unlisted, 'object', 'objects', locale)}</span>
        </>
      }
      actions={
        <>
          {isOn && first && (
            <Button
              appearance={proposalId === '' ? 'primary' : 'secondary'}
              icon={<SparkleRegular />}
              disabledFocusable={closedBecause !== '' || propose.isLoading}
              {...(closedBecause === '' ? {} : { title: closedBecause })}
              onClick={() => fix(first)}
              aria-label={`Fix with the Aid: ${first.name}`}
            >
              Fix with the Aid
            </Button>
          )}
          <AcceptAll finding={finding} />
        </>
      }
    >
      {trouble}
      <ProposeTrouble propose={propose} />
      {proposalId !== '' && <ProposalCard proposalId={proposalId} onClose={() => setProposalId('')} />}
      <div className={grid.grid}>
        <div className={`${grid.stack} ${grid.eight}`}>
          <Explanation finding={finding} />
          <NearMiss finding={finding} />
          <Affected finding={finding} fixes={isOn ? { closedBecause, isBusy: propose.isLoading, onFix: fix, onShow: show } : undefined} />
          <Remediation finding={finding} />
          <Answers answers={finding.answers} />
        </div>
        <div className={`${grid.stack} ${grid.four}`}>
          <AtAGlance finding={finding} />
          <Related related={finding.related ?? []} />
          <History history={finding.history} />
        </div>
      </div>
    </Page>
  )

  function fix(object: Finding['affected'][number]): void {
    if (object.proposalId !== null) {
      show(object.proposalId)
      return
    }
    propose.mutate({ findingKey: object.findingKey })
  }

  function show(id: string): void {
    if (id === proposalId) showProposalCard()
    else setProposalId(id)
  }
}
