import { ownValueSentence } from '../posture/parameters/words.ts'
import { attackUrl, instant, objectiveId, objectProps, property, propertyNamespace, type Ids, type OscalObject } from './oscal-parts.ts'
import { frameworkIds, type Objective } from './objectives.ts'
import { objectsOf } from './objects.ts'
import { isFailing, suppressionOf, type CheckSummary, type Outcome, type Report } from './report.ts'
import { plain } from './text.ts'
import { uuidOf } from './uuid.ts'

const basisShown = 50
const longestRemark = 2000

function origins(ids: Ids): readonly OscalObject[] {
  return [{ actors: [{ type: 'tool', 'actor-uuid': ids('tool') }] }]
}

export function observation(summary: CheckSummary, outcome: Outcome, report: Report, ids: Ids): OscalObject {
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

export function risk({ check, title, reason, nearMiss, severity, suppressed, listed, unlisted }: CheckSummary, ids: Ids): OscalObject {
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

export function finding(objective: Objective, report: Report, ids: Ids): OscalObject {
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
