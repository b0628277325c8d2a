import type { Json } from '../digest.ts'
import { ownValueSentence } from '../posture/parameters/words.ts'
import { declarations } from './oscal-declarations.ts'
import { attackUrl, objectProps, property, propertyNamespace, type OscalObject } from './oscal-parts.ts'
import { frameworkIds, objectivesOf, tokenOf, type Objective } from './objectives.ts'
import { objectsOf, whole, type OutcomeSource } from './objects.ts'
import { isFailing, suppressionOf, type CheckSummary, type Outcome, type Report } from './report.ts'
import { plain } from './text.ts'
import { uuidOf } from './uuid.ts'

export const oscalVersion = '1.1.3'

const basisShown = 50
const longestRemark = 2000

/**
 * OSCAL assessment results (pages.nist.gov/OSCAL-Reference): an observation for each check, a risk for each that fails, a finding for
 * each objective of a framework that was judged. In pieces, one observation at a time; the same scan gives the same bytes.
 */
export async function* oscalPieces(report: Report, outcomeOf: OutcomeSource): AsyncGenerator<string> {
  const objectives = objectivesOf(report)
  const ids = idsOf(report)
  const before = JSON.stringify({ uuid: ids('document'), metadata: metadata(report, ids), 'import-ap': { href: `#${ids('plan')}` } })
  yield `{"assessment-results":${before.slice(0, -1)},${member('local-definitions', localDefinitions(objectives))}"results":[`
  const start = JSON.stringify(resultHead(report, objectives, ids))
  yield `${start.slice(0, -1)},"observations":[`
  let separator = '\n'
  for (const summary of report.checks) {
    yield `${separator}${JSON.stringify(observation(summary, await whole(outcomeOf, summary), report, ids))}`
    separator = ',\n'
  }
  yield ']'
  const failing = report.checks.filter(isFailing)
  const judged = objectives.filter(({ state }) => state !== undefined)
  yield list(
    'risks',
    failing.map((summary) => risk(summary, ids)),
  )
  yield list(
    'findings',
    judged.map((objective) => finding(objective, report, ids)),
  )
  yield `}],"back-matter":${JSON.stringify({ resources: [plan(report, ids), ...declarations(report, ids)] })}}}\n`
}

type Ids = (...parts: readonly string[]) => string

/** Names within this tenant and scan, and for another baseline or other own values others. */
function idsOf({ tenant, scan, baseline, ownValues }: Report): Ids {
  const own = ownValues.map(({ parameter, value }) => `${parameter}=${String(value)}`)
  return (...parts) => uuidOf(tenant.id, scan.id, baseline.id, ...own, ...parts)
}

/** OSCAL knows no empty lists. */
function list(name: string, entries: readonly OscalObject[]): string {
  return entries.length === 0 ? '' : `,"${name}":[\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}]`
}

function member(name: string, value: Json | undefined): string {
  return value === undefined ? '' : `"${name}":${JSON.stringify(value)},`
}

function metadata({ tenant, asOf, scan, baseline, score, scores, ownValues }: Report, ids: Ids): OscalObject {
  return {
    title: `Identity posture of ${plain(tenant.displayName) || 'a tenant'}`,
    'last-modified': instant(asOf),
    version: scan.id,
    'oscal-version': oscalVersion,
    props: [
      property('baseline', baseline.id),
      property('scan-kind', scan.kind),
      ...(score.value === null ? [] : [property('score', String(score.value))]),
      property('suppressed-in-score', scores.counting),
      ...(scores.open === null ? [] : [property('score-suppressed-open', String(scores.open))]),
      ...(scores.leftOut === null ? [] : [property('score-suppressed-left-out', String(scores.leftOut))]),
      ...ownValues.map((own) => property('own-value', ownValueSentence(own), own.parameter)),
    ],
    parties: [
      {
        uuid: ids('party'),
        type: 'organization',
        ...(plain(tenant.displayName) === '' ? {} : { name: plain(tenant.displayName) }),
        ...(tenant.id === '' ? {} : { 'external-ids': [{ scheme: `${propertyNamespace}/tenant`, id: tenant.id }] }),
      },
    ],
  }
}

/** The objectives themselves, so that what a finding names can be looked up in the same document. */
function localDefinitions(objectives: readonly Objective[]): Json | undefined {
  if (objectives.length === 0) return undefined
  return {
    'objectives-and-methods': objectives.map(({ framework, id, checks }) => ({
      'control-id': tokenOf(framework, id),
      props: [property('framework', framework), property('framework-id', id)],
      parts: [
        { id: objectiveId({ framework, id }), name: 'assessment-objective', prose: checks.map(({ title }) => `${title}.`).join(' ') },
      ],
    })),
  }
}

function objectiveId({ framework, id }: Pick<Objective, 'framework' | 'id'>): string {
  return `${tokenOf(framework, id)}_obj`
}

function resultHead(report: Report, objectives: readonly Objective[], ids: Ids): OscalObject {
  const { scan, asOf, counts, unread, baseline } = report
  const notJudged = objectives.filter(({ state }) => state === undefined).length
  const props = [
    property('checks-failing', String(counts.verdicts.fail)),
    property('checks-warning', String(counts.verdicts.warn)),
    property('checks-passing', String(counts.verdicts.pass)),
    property('checks-not-judged', String(counts.verdicts.unknown + counts.verdicts.manual)),
    property('objects-affected', String(counts.objects)),
    property('objects-not-listed', String(counts.unlisted)),
    property('objects-suppressed', String(counts.suppressed)),
  ]
  const selections =
    objectives.length === 0
      ? { 'control-selections': [{ description: 'No objective of a framework.' }] }
      : {
          'control-selections': [{ 'include-controls': objectives.map(({ framework, id }) => ({ 'control-id': tokenOf(framework, id) })) }],
          'control-objective-selections': [
            { 'include-objectives': objectives.map((objective) => ({ 'objective-id': objectiveId(objective) })) },
          ],
        }
  return {
    uuid: ids('result'),
    title: `Checks of ${asOf.slice(0, 10)}`,
    description: `Facts read from Microsoft Graph by ${scan.factsAsOf}, judged as of ${asOf} with the baseline ${baseline.title}.`,
    start: instant(scan.startedAt),
    end: instant(scan.finishedAt),
    props,
    'local-definitions': {
      'assessment-assets': {
        components: [
          {
            uuid: ids('tool'),
            type: 'software',
            title: 'Countersign',
            description: 'Reads Microsoft Graph v1.0 and judges what it read. It changes nothing for an assessment.',
            status: { state: 'operational' },
          },
        ],
        'assessment-platforms': [{ uuid: ids('platform'), 'uses-components': [{ 'component-uuid': ids('tool') }] }],
      },
    },
    'reviewed-controls': {
      description: `${objectives.length} objectives that the checks look at; ${notJudged} of them could not be judged and have no finding. ${unread.length} kinds of facts were not read.`,
      ...selections,
    },
  }
}

function origins(ids: Ids): readonly OscalObject[] {
  return [{ actors: [{ type: 'tool', 'actor-uuid': ids('tool') }] }]
}

function observation(summary: CheckSummary, outcome: Outcome, report: Report, ids: Ids): OscalObject {
  const { check, title, reason, severity, listed, unlisted } = summary
  const isJudged = outcome.verdict !== 'unknown' && outcome.verdict !== 'manual'
  const isSuppressed = suppressionOf(report.suppressed)
  const subjects = objectsOf(check, outcome).map(({ object, sentence }) => ({
    'subject-uuid': uuidOf(report.tenant.id, object.type, object.id),
    type: `entra-${object.type}`,
    ...(plain(object.name) === '' ? {} : { title: plain(object.name) }),
    props: objectProps(object, severity, isSuppressed(check.id, object)),
    remarks: plain(sentence),
  }))
  const basis = 'basis' in outcome ? outcome.basis : []
  const notLooked =
    outcome.verdict === 'unknown'
      ? 'What this check needs was not read, so that nothing is said of it.'
      : 'A person has to look; nothing is said of it here.'
  return {
    uuid: ids('observation', check.id),
    title: plain(title),
    description: plain(reason),
    props: [
      property('check', check.id),
      property('check-code', check.code),
      property('verdict', outcome.verdict),
      property('severity', severity),
      property('reason', outcome.reason),
      ...(listed + unlisted === 0 ? [] : [property('objects-listed', String(listed)), property('objects-not-listed', String(unlisted))]),
      ...summary.ownValues.map((own) => property('own-value', ownValueSentence(own), own.parameter)),
      ...frameworkIds(check).map(([framework, id]) => property('framework-id', id, framework)),
    ],
    methods: [isJudged ? 'TEST' : 'UNKNOWN'],
    types: [isFailing(summary) ? 'finding' : 'control-objective'],
    origins: origins(ids),
    ...(subjects.length === 0 ? {} : { subjects }),
    ...(basis.length === 0
      ? {}
      : {
          'relevant-evidence': [
            ...basis.slice(0, basisShown).map((key) => ({ description: plain(`Stored fact ${key}`) })),
            ...(basis.length > basisShown ? [{ description: `${basis.length - basisShown} more stored facts.` }] : []),
          ],
        }),
    collected: instant(report.scan.factsAsOf),
    ...(isJudged ? {} : { remarks: notLooked }),
  }
}

function risk({ check, title, reason, nearMiss, severity, suppressed, listed, unlisted }: CheckSummary, ids: Ids): OscalObject {
  const threats = (check.frameworks.attack ?? []).map((id) => ({ system: 'https://attack.mitre.org', id: attackUrl(id) }))
  const isAccepted = suppressed > 0 && suppressed >= Math.max(1, listed) && unlisted === 0
  return {
    uuid: ids('risk', check.id),
    title: plain(title),
    description: plain(reason),
    statement: check.why,
    props: [property('check', check.id), ...(suppressed > 0 ? [property('objects-suppressed', String(suppressed))] : [])],
    status: isAccepted ? 'deviation-approved' : 'open',
    origins: origins(ids),
    ...(threats.length === 0 ? {} : { 'threat-ids': threats }),
    characterizations: [
      {
        origin: { actors: [{ type: 'tool', 'actor-uuid': ids('tool') }] },
        facets: [{ name: 'severity', system: propertyNamespace, value: severity }],
      },
    ],
    remediations: [
      {
        uuid: ids('remediation', check.id),
        lifecycle: 'recommendation',
        title: 'How to mend it',
        description: check.remediation.map((step, index) => `${index + 1}. ${step}`).join('\n'),
        links: [{ href: check.portal, rel: 'reference', text: 'Entra admin center' }],
        ...(nearMiss === '' ? {} : { remarks: plain(nearMiss, longestRemark) }),
      },
    ],
    'related-observations': [{ 'observation-uuid': ids('observation', check.id) }],
  }
}

function finding(objective: Objective, report: Report, ids: Ids): OscalObject {
  const { framework, id, checks, state, because, verdict } = objective
  const failing = checks.filter((check) => report.checks.some((summary) => summary.check === check && isFailing(summary)))
  return {
    uuid: ids('finding', framework, id),
    title: `${framework} ${id}`,
    description: checks.map(({ title }) => `${title}.`).join(' '),
    props: [property('verdict', verdict)],
    origins: origins(ids),
    target: {
      type: 'objective-id',
      'target-id': objectiveId(objective),
      status: {
        state: state ?? '',
        reason: because ?? '',
        remarks:
          because === 'other'
            ? 'A warning: it is near to failing, or fails in part.'
            : `Decided by ${checks.length === 1 ? 'one check' : `${checks.length} checks`}.`,
      },
    },
    'related-observations': checks.map((check) => ({ 'observation-uuid': ids('observation', check.id) })),
    ...(failing.length === 0 ? {} : { 'related-risks': failing.map((check) => ({ 'risk-uuid': ids('risk', check.id) })) }),
  }
}

function plan({ baseline }: Report, ids: Ids): OscalObject {
  return {
    uuid: ids('plan'),
    title: 'The catalogue of checks as assessment plan',
    description: `Every check of Countersign's catalogue, with the parameters of the baseline ${baseline.title}. There is no plan document besides.`,
  }
}

/** ISO 8601 in UTC with seconds, whatever the fraction or offset that was given. */
function instant(at: string): string {
  return new Date(at).toISOString()
}
