import { declaredIn } from './json.ts'
import { property, suppressionProps, type Ids, type OscalObject } from './oscal-parts.ts'
import type { Report } from './report.ts'
import { plain } from './text.ts'

/** What was declared as wanted and what is suppressed, each as a resource that says who said so, why and until when. */
export function declarations(report: Report, ids: Ids): readonly OscalObject[] {
  return [
    ...declaredIn(report).map(({ kind, objectId, reason, byName, at, until, counts }) => ({
      uuid: ids('declared', kind, objectId),
      title: `Declared exception: ${kind} ${plain(objectId)}`,
      description: plain(reason) || 'No reason was given.',
      props: [
        property('declared-kind', kind),
        property('object-id', objectId),
        property('counts', counts ? 'yes' : 'no'),
        ...(byName === '' ? [] : [property('declared-by', byName)]),
        ...(at === null ? [] : [property('declared-at', at)]),
        ...(until === null ? [] : [property('declared-until', until)]),
      ],
    })),
    ...report.suppressed.map((suppression) => ({
      uuid: ids('suppressed', suppression.checkId, suppression.findingKey ?? '*'),
      title: `Suppression: ${plain(suppression.findingKey ?? suppression.checkId)}`,
      description: plain(suppression.reason) || 'No reason is kept.',
      props: [property('check', suppression.checkId), ...suppressionProps(suppression)],
    })),
  ]
}
