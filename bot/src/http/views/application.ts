import { z } from 'zod'
import {
  applicationSorts,
  type ApplicationLine,
  type ApplicationsView,
  type ApplicationView,
  type listApplications,
} from '@countersign/core/api/applications.ts'
import { momentSchema } from '@countersign/core/api/moment.ts'
import type { ApplicationEvidence } from '@countersign/core/posture/derived/application-risk.ts'
import { factKey } from '@countersign/core/posture/fact.ts'
import { oauth2PermissionGrants } from '@countersign/core/posture/facts/oauth2-permission-grants.ts'
import { users } from '@countersign/core/posture/facts/users.ts'
import { nameOr } from '@countersign/core/posture/rows/graph-values.ts'
import { graphOf } from '@countersign/core/posture/rules/application-graph.ts'
import { notCounted, type RiskPartId } from '@countersign/core/posture/rules/application-risk.ts'
import { riskReasons } from '@countersign/core/posture/rules/application-risk-reasons.ts'
import { meaningOf } from '@countersign/core/posture/rules/permission-meaning.ts'
import type { Profile } from '@countersign/core/profile.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import { isWholeText } from '@countersign/core/text/whole-text.ts'
import { parseJson } from '@countersign/core/parse-json.ts'
import type { StoredApplication, StoredApplicationLine } from '../../store/application-tables.ts'
import { applicationPage, applicationTally, placeAfter, type ApplicationAsk, type ApplicationPlace } from '../../store/application-list.ts'
import { applicationById, applicationJudgement } from '../../store/applications.ts'
import { rowsWhere } from '../../store/fact-lookups.ts'
import { rowsByKey } from '../../store/facts.ts'
import type { ReadTx } from '../../store/transaction.ts'
import { objectFindings } from './object-findings.ts'
import { applicationOffers } from './offers.ts'

const pageLength = 100
const consentsListed = 100
const day = 24 * 60 * 60 * 1000

const partTitles = {
  powers: 'What it may do',
  credentials: 'What signs in as it',
  owners: 'Who owns it',
  consent: 'Who consented',
  publisher: 'Who publishes it',
  exposure: 'How it can be reached',
} as const satisfies Record<RiskPartId, string>

const placeSchema = z.object({
  sort: z.enum(applicationSorts),
  order: z.enum(['natural', 'reversed']),
  value: z.union([z.string().max(2000).refine(isWholeText), z.int32()]),
  id: z.string().refine(isWholeText),
})

/** The place that a cursor means; undefined for one that this list did not give in this order. */
export function placeOf(cursor: string, { sort, order }: Pick<ApplicationPlace, 'sort' | 'order'>): ApplicationPlace | undefined {
  const parsed = placeSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')))
  if (!parsed.success || parsed.data.sort !== sort || parsed.data.order !== order) return undefined
  const isText = sort === 'name' || sort === 'end'
  if (isText !== (typeof parsed.data.value === 'string')) return undefined
  return sort === 'end' && !isEnd(parsed.data.value) ? undefined : parsed.data
}

function isEnd(value: string | number): boolean {
  return value === 'infinity' || momentSchema.safeParse(value).success
}

function cursorOf(line: StoredApplicationLine, ask: Pick<ApplicationAsk, 'sort' | 'order'>): string {
  return Buffer.from(JSON.stringify(placeAfter(line, ask))).toString('base64url')
}

type Query = Omit<z.infer<NonNullable<typeof listApplications.query>>, 'cursor'>

export async function applicationLines(
  tx: ReadTx,
  { control, endsWithin, owners, enabled, ...ask }: Query & { readonly after: ApplicationPlace | undefined },
  locale: string,
): Promise<ApplicationsView> {
  const judgement = await applicationJudgement(tx)
  if (!judgement) {
    const notKnown = { reason: 'noScan', detail: 'No scan has been judged for this list yet.' } as const
    return { asOf: null, notKnown, count: 0, tally: [], applications: [], next: null }
  }
  const { count, lines } = await applicationPage(tx, {
    ...ask,
    control: control === 'yes',
    endsBy: endsWithin === undefined ? undefined : new Date(Date.parse(judgement.at) + endsWithin * day).toISOString(),
    withoutOwner: owners === 'none',
    isEnabled: enabled === undefined ? undefined : enabled === 'yes',
    limit: pageLength + 1,
  })
  const shown = lines.slice(0, pageLength)
  const last = lines.length > pageLength ? shown.at(-1) : undefined
  return {
    asOf: judgement.at,
    notKnown: judgement.notKnown,
    count,
    tally: await applicationTally(tx),
    applications: shown.map((line) => lineView(line, locale)),
    next: last ? cursorOf(last, ask) : null,
  }
}

function lineView(line: StoredApplicationLine, locale: string): ApplicationLine {
  const { because } = line
  return { ...line, because: because && renderMessage(riskReasons[because.reason], because.values, locale) }
}

export async function applicationView(tx: ReadTx, id: string, profile: Profile, locale: string): Promise<ApplicationView | undefined> {
  const judgement = await applicationJudgement(tx)
  const found = judgement && (await applicationById(tx, id))
  if (!found) return undefined
  const { line, detail } = found
  const { evidence, risk } = detail
  const { permissions: _permissions, credentials: _credentials, owners: _owners, ...head } = lineView(line, locale)
  return {
    ...head,
    asOf: judgement.at,
    registrationId: evidence.registrationId,
    type: evidence.type,
    parts: risk.parts.map(({ part, points, most, lines, unlisted }) => ({
      ...{ part, title: partTitles[part], points, most, unlisted },
      lines: lines.map(({ reason, values, weight, points: added, basis }) => {
        return { sentence: renderMessage(riskReasons[reason], values, locale), weight, points: added, basis: [...basis] }
      }),
    })),
    notCounted: [...notCounted],
    permissions: evidence.permissions.map(({ resourceName: resource, kind, value, tier, risk: rated, consent, people, since, basis }) => {
      return { kind, value, meaning: meaningOf(value), resource, tier, risk: rated, consent, people, since, basis }
    }),
    roles: evidence.roles.map((role) => ({ ...role, basis: [...role.basis] })),
    credentials: credentialsOf(detail, Date.parse(judgement.at)),
    owners: [...evidence.owners],
    consents: await consentsOf(tx, judgement.factsOf, evidence),
    graph: graphView(evidence),
    findings: await objectFindings(tx, evidence.registrationId === null ? [line.id] : [line.id, evidence.registrationId], profile, locale),
    offers: profile.act === 'on' ? await applicationOffers(tx, judgement.factsOf, evidence, Date.parse(judgement.at)) : [],
  }
}

function credentialsOf({ evidence }: StoredApplication['detail'], now: number): ApplicationView['credentials'] {
  const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString())
  return [...evidence.credentials]
    .sort((left, right) => (left.endsAt ?? Infinity) - (right.endsAt ?? Infinity) || (left.keyId < right.keyId ? -1 : 1))
    .map(({ kind, holder, keyId, credentialName: name, startsAt, endsAt, basis }) => {
      const hasEnded = endsAt !== null && endsAt <= now
      return { kind, holder, keyId, name, startsAt: iso(startsAt), endsAt: iso(endsAt), hasEnded, basis }
    })
}

/** Read from the stored facts when somebody looks: people are not kept with the application. */
async function consentsOf(tx: ReadTx, factsOf: string, evidence: ApplicationEvidence): Promise<ApplicationView['consents']> {
  if (!evidence.permissions.some(({ consent }) => consent === 'people')) return { people: [], unlisted: 0 }
  const rows = await rowsWhere(tx, {
    scanId: factsOf,
    fact: 'oauth2PermissionGrants',
    where: { clientId: [evidence.id], consentType: ['Principal'] },
  })
  const grants = rows
    .map(({ row }) => oauth2PermissionGrants.row.parse(row))
    .filter(({ principalId }) => principalId !== null)
    .sort((left, right) => (left.id < right.id ? -1 : 1))
  const listed = grants.slice(0, consentsListed)
  const ids = [...new Set(listed.flatMap(({ principalId }) => principalId ?? []))]
  const people = (await rowsByKey(tx, factsOf, 'users', ids)).map(({ row }) => users.row.parse(row))
  const names = new Map(people.map((person) => [person.id.toLowerCase(), nameOr(person.displayName, person.id)]))
  return {
    people: listed.map(({ id, principalId, scope }) => ({
      id: principalId ?? '',
      name: names.get((principalId ?? '').toLowerCase()) ?? principalId ?? '',
      permissions: [...new Set(scope.split(' ').filter((value) => value !== ''))].sort(),
      basis: factKey('oauth2PermissionGrants', id),
    })),
    unlisted: grants.length - listed.length,
  }
}

function graphView(evidence: ApplicationEvidence): ApplicationView['graph'] {
  const { nodes, edges, paths } = graphOf(evidence)
  const edgeView = ({ from, to, sentence, basis }: (typeof edges)[number]): ApplicationView['graph']['edges'][number] => {
    return { from, to, sentence, basis: [...basis] }
  }
  return { nodes: [...nodes], edges: edges.map(edgeView), paths: paths.map(({ from, hops }) => ({ from, hops: hops.map(edgeView) })) }
}
