import type { Overview } from '@countersign/core/api/posture.ts'
import { isTerminal } from '@countersign/core/actions/gate.ts'
import { areaTitles } from '@countersign/core/posture/areas.ts'
import { explain } from '@countersign/core/posture/explain.ts'
import type { Score } from '@countersign/core/posture/score.ts'
import { firstFixable } from '../../store/finding-heads.ts'
import { listProposals } from '../../store/proposals.ts'
import type { ReadTx } from '../../store/transaction.ts'
import { affectsText, bySeverity, isFailing, isFixable, severityOf, type Judged } from './results.ts'

const risksShown = 5

/** What to mend first, each with the first object that the Aid can fix. */
export async function riskLines(
  tx: ReadTx,
  judged: readonly Judged[],
  score: Score | undefined,
  canAct: boolean,
  locale: string,
): Promise<Overview['risks']> {
  const adds = (entry: Judged): number => score?.gains[entry.check.id] ?? 0
  const risks = judged
    .filter(isFailing)
    .sort(
      (left, right) =>
        bySeverity(severityOf(left), severityOf(right)) || adds(right) - adds(left) || left.check.code.localeCompare(right.check.code),
    )
    .slice(0, risksShown)
  const fixable = canAct
    ? await firstFixable(
        tx,
        risks.filter(isFixable).map(({ check }) => check.id),
      )
    : undefined
  const live = (await listProposals(tx)).filter(({ state }) => !isTerminal(state))
  return risks.map((entry) => {
    const { check, result } = entry
    const { title, reason } = explain(check, 'objects' in result.outcome ? { ...result.outcome, objects: [] } : result.outcome, locale)
    const first = fixable?.get(check.id)
    return {
      checkId: check.id,
      code: check.code,
      severity: severityOf(entry),
      title,
      because: reason,
      area: check.area,
      areaTitle: areaTitles[check.area],
      affects: affectsText(entry, locale),
      adds: adds(entry),
      fixable: canAct && isFixable(entry),
      fix: first
        ? {
            findingKey: first.finding.key,
            name: first.finding.object.name,
            objects: first.count,
            proposalId: live.find(({ findingKeys }) => findingKeys.includes(first.finding.key))?.id ?? null,
          }
        : null,
    }
  })
}
