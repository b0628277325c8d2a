import type { FindingPage } from '@countersign/core/api/findings.ts'
import type { AnyCheck } from '@countersign/core/posture/check.ts'
import { explain } from '@countersign/core/posture/explain.ts'
import { aboutSameObjects } from '../../store/finding-heads.ts'
import type { ReadTx } from '../../store/transaction.ts'
import { bySeverity, isFailing, severityOf, type Judged } from './results.ts'

type Related = NonNullable<FindingPage['related']>
const listedAtMost = 8

/**
 * Findings near to one: first those about the same objects, then those of the same area that rest on the very same facts, whose cause is likely
 * the same setting.
 */
export async function relatedFindings(tx: ReadTx, check: AnyCheck, judged: readonly Judged[], locale: string): Promise<Related> {
  const failing = judged.filter((entry) => entry.check.id !== check.id && isFailing(entry))
  const byId = new Map(failing.map((entry) => [entry.check.id, entry]))
  const same = await aboutSameObjects(tx, check.id, listedAtMost)
  const objects = same.flatMap(({ checkId, severity, shared }): Related => {
    const entry = byId.get(checkId)
    return entry ? [{ ...headOf(entry, locale), severity, because: 'sameObject', shared }] : []
  })
  const rests = restsOn(check)
  const causes = failing
    .filter(
      (entry) =>
        entry.check.area === check.area && restsOn(entry.check) === rests && !same.some(({ checkId }) => checkId === entry.check.id),
    )
    .sort((left, right) => bySeverity(severityOf(left), severityOf(right)))
    .map((entry): Related[number] => ({ ...headOf(entry, locale), severity: severityOf(entry), because: 'sameCause', shared: 0 }))
  return [...objects, ...causes].slice(0, listedAtMost)
}

function headOf({ check, result: { outcome } }: Judged, locale: string): Pick<Related[number], 'checkId' | 'code' | 'title'> {
  const { title } = explain(check, 'objects' in outcome ? { ...outcome, objects: [] } : outcome, locale)
  return { checkId: check.id, code: check.code, title }
}

function restsOn({ each, needs }: AnyCheck): string {
  return [...(each ?? []), ...needs].sort().join(' ')
}
