import { findAction } from '@countersign/core/actions/catalogue.ts'
import { isTerminal } from '@countersign/core/actions/gate.ts'
import type { ObjectFinding } from '@countersign/core/api/offers.ts'
import type { AffectedObject, AnyCheck, Severity } from '@countersign/core/posture/check.ts'
import { checkOf } from '@countersign/core/posture/checks.ts'
import type { Profile } from '@countersign/core/profile.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import { findingsAbout, type StoredFinding } from '../../store/findings-about.ts'
import { listProposals } from '../../store/proposals.ts'
import type { ReadTx } from '../../store/transaction.ts'
import { bySeverity, openStates } from './results.ts'

/** Open findings about one object under any of its ids, worst first; those that are suppressed among them say so. */
export async function objectFindings(tx: ReadTx, ids: readonly string[], profile: Profile, locale: string): Promise<ObjectFinding[]> {
  const findings = await findingsAbout(tx, ids)
  if (findings.length === 0) return []
  const proposals = (await listProposals(tx)).filter(({ state }) => !isTerminal(state))
  return findings
    .flatMap((finding) => {
      const check = checkOf(finding.checkId)
      if (!check) return []
      const isOpen = openStates.includes(finding.state)
      return {
        findingKey: finding.key,
        checkId: check.id,
        code: check.code,
        title: check.title,
        severity: finding.severity,
        because: renderMessage(check.objectReason, finding.values, locale),
        firstSeen: finding.firstSeen,
        isSuppressed: finding.state === 'suppressed',
        fix: profile.act === 'on' && isOpen ? fixFor(check, finding) : null,
        proposalId: proposals.find((proposal) => proposal.findingKeys.includes(finding.key))?.id ?? null,
      }
    })
    .sort((left, right) => bySeverity(left.severity, right.severity) || (left.code < right.code ? -1 : 1))
}

function fixFor(check: AnyCheck, { object: { type, id, part, name }, values }: StoredFinding): ObjectFinding['fix'] {
  const object: AffectedObject = { type, id, name, values, basis: [], ...(part === '' ? {} : { part }) }
  const action = check.fix?.input(object) ? findAction(check.fix.action) : undefined
  return action ? { actionId: action.id, title: action.title } : null
}

/** How many findings are open about each of these objects, and the worst of them. */
export function tallyOf(findings: readonly StoredFinding[]): ReadonlyMap<string, { readonly open: number; readonly worst: Severity }> {
  const tally = new Map<string, { open: number; worst: Severity }>()
  for (const { object, severity, state } of findings) {
    if (!openStates.includes(state)) continue
    const before = tally.get(object.id)
    const worst = before && bySeverity(before.worst, severity) < 0 ? before.worst : severity
    tally.set(object.id, { open: (before?.open ?? 0) + 1, worst })
  }
  return tally
}
