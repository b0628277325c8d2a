import * as React from 'react'
import { useParams } from 'react-router-dom'
import type { ApplicationView } from '@countersign/core/api/applications.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { RiskMark } from '@countersign/ui/risk-mark.tsx'
import { useRoute } from '../client/client.tsx'
import { Crumbs } from '../layout/breadcrumb.tsx'
import { ObjectFindings } from '../layout/object-findings.tsx'
import { OfferButton, OfferingState, useOffering, WhyClosed } from '../layout/offers.tsx'
import { Page, useGrid } from '../layout/page.tsx'
import { PathsCard } from '../layout/paths-card.tsx'
import { Loaded } from '../layout/states.tsx'
import { Credentials } from './application/credentials.tsx'
import { Permissions } from './application/permissions.tsx'
import { ScoreParts } from './application/score.tsx'
import { Consents, Ids, Owners, Roles } from './application/side.tsx'
import { publishedBy } from './applications/words.ts'

/** One enterprise application: what it may do, who can become it, and what can be done about it. */
export function ApplicationPage(): React.ReactElement {
  const { applicationId = '' } = useParams()
  const query = useRoute('application', 'GET /api/applications/:applicationId', { params: { applicationId } })
  return (
    <Loaded title="Application" query={query}>
      {(application, trouble) => <Content application={application} trouble={trouble} />}
    </Loaded>
  )
}

function Content({
  application,
  trouble,
}: {
  readonly application: ApplicationView
  readonly trouble: React.ReactNode
}): React.ReactElement {
  const grid = useGrid()
  const offering = useOffering()
  const { name, graph, offers } = application
  const main = offers.find(({ about }) => about === '')
  return (
    <Page
      title={titleOf(application)}
      above={<Crumbs to="/applications" list="Applications" here={name} />}
      facts={
        <>
          <RiskMark score={application.score} level={application.level} />
          <span>{publishedBy[application.publisher]}</span>
          <span>{application.isEnabled ? 'Enabled' : 'Disabled: nobody can sign in to it'}</span>
          <span>
            {'Judged '}
            <Moment at={application.asOf} />
          </span>
        </>
      }
      actions={
        main && (
          <OfferButton
            offer={main}
            name={name}
            words={application.isEnabled ? 'Block with the Aid' : 'Unblock with the Aid'}
            offering={offering}
            isMain
          />
        )
      }
    >
      {trouble}
      <WhyClosed offering={offering} offers={offers} />
      <OfferingState offering={offering} />
      <div className={grid.grid}>
        <div className={`${grid.stack} ${grid.eight}`}>
          <PathsCard
            title="Take-over path"
            note={graph.paths.length === 0 ? '' : 'who can become it, and what they then control'}
            label={`Ways through ${name} to the control of the tenant`}
            none="Nobody owns it, it trusts no identity provider, and it does not reach the control of the tenant."
            here={application.id}
            nodes={graph.nodes}
            edges={graph.edges}
          />
          <ObjectFindings findings={application.findings} offering={offering} />
          <ScoreParts score={application.score} parts={application.parts} notCounted={application.notCounted} />
          <Credentials credentials={application.credentials} offers={offers} name={name} offering={offering} />
          <Permissions permissions={application.permissions} offers={offers} name={name} offering={offering} />
        </div>
        <div className={`${grid.stack} ${grid.four}`}>
          <Owners owners={application.owners} />
          <Roles roles={application.roles} />
          <Consents consents={application.consents} />
          <Ids id={application.id} appId={application.appId} registrationId={application.registrationId} type={application.type} />
        </div>
      </div>
    </Page>
  )
}

function titleOf({ name, level, graph }: ApplicationView): string {
  if (graph.edges.some(({ to }) => to === 'tenant')) return `${name} reaches the control of the tenant`
  return `${name} is a ${level} risk`
}
