import type { Json } from '../digest.ts'
import { ownValueSentence } from '../posture/parameters/words.ts'
import { instant, objectiveId, property, propertyNamespace, type Ids, type OscalObject } from './oscal-parts.ts'
import { tokenOf, type Objective } from './objectives.ts'
import type { Report } from './report.ts'
import { plain } from './text.ts'

export const oscalVersion = '1.1.3'

export function metadata({ tenant, asOf, scan, baseline, score, scores, ownValues }: Report, ids: Ids): OscalObject {
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
export function localDefinitions(objectives: readonly Objective[]): Json | undefined {
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

export function resultHead(report: Report, objectives: readonly Objective[], ids: Ids): OscalObject {
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

export function plan({ baseline }: Report, ids: Ids): OscalObject {
  return {
    uuid: ids('plan'),
    title: 'The catalogue of checks as assessment plan',
    description: `Every check of Countersign's catalogue, with the parameters of the baseline ${baseline.title}. There is no plan document besides.`,
  }
}
