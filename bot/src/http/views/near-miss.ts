import type { NearMissView } from '@countersign/core/api/findings.ts'
import { permission, type Principal } from '@countersign/core/principal.ts'
import type { AnyCheck } from '@countersign/core/posture/check.ts'
import type { CheckResult } from '@countersign/core/posture/check.ts'
import { explain, nearMissChanges } from '@countersign/core/posture/explain.ts'
import { declaredAs, declaringOf, detailOf, kindTitle } from '@countersign/core/posture/near-miss.ts'

/** What the nearest policy lacks, for a person, and whether they may declare it in one step; null where no policy is near. */
export function nearMissView(check: AnyCheck, outcome: CheckResult['outcome'], principal: Principal, locale: string): NearMissView | null {
  if ((outcome.verdict !== 'fail' && outcome.verdict !== 'warn') || !outcome.nearMiss) return null
  const { nearMiss } = outcome
  const declaring = declaringOf(nearMiss, locale)
  return {
    policyId: nearMiss.policyId,
    policyName: nearMiss.policyName,
    sentence: explain(check, { ...outcome, objects: [] }, locale).nearMiss ?? '',
    objects: nearMiss.undeclared.map((object) => ({
      kind: object.kind,
      id: object.id,
      name: object.kind === 'guests' ? kindTitle(object.id) : object.name,
      detail: detailOf(object, locale),
      declareAs: declaredAs[object.kind],
    })),
    changes: [...nearMissChanges(nearMiss, locale)],
    declaring: {
      isOffered: declaring.isOffered,
      because: declaring.isOffered ? '' : declaring.because,
      mayDeclare: permission(principal, 'declare').may,
    },
  }
}
