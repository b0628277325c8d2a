import type { EventKind } from '@countersign/core/events.ts'
import { unlistedIn, type AffectedObject, type AnyCheck, type CheckResult } from '@countersign/core/posture/check.ts'
import { findingKey, nextFindingStep, observe } from '@countersign/core/posture/finding.ts'
import { breathe, slice } from '../../in-slices.ts'
import type { FindingHistoryEntry, StoredFinding } from '../../store/findings.ts'

export interface FindingChanges {
  /** Findings to store: every one that the scan looked at. */
  readonly findings: readonly StoredFinding[]
  readonly events: readonly { readonly kind: EventKind; readonly key: string }[]
  readonly history: readonly FindingHistoryEntry[]
}

/**
 * What a scan's results make of the findings that were known before. The table of core/posture/finding.ts decides, this only walks it, in
 * slices: a check may have thousands.
 */
export async function changeFindings(
  checks: readonly AnyCheck[],
  results: readonly CheckResult[],
  before: readonly StoredFinding[],
  scan: { readonly id: string; readonly at: string },
  /** The suppression that covers a finding. */
  suppressionOf: (checkId: string, key: string) => { readonly id: string } | undefined = () => undefined,
): Promise<FindingChanges> {
  const findings: StoredFinding[] = []
  const events: { kind: EventKind; key: string }[] = []
  const history: FindingHistoryEntry[] = []
  let walked = 0
  for (const result of results) {
    const check = checks.find(({ id }) => id === result.checkId)
    if (!check) continue
    const listed = new Map(affectedBy(result).map((object) => [findingKey(check.id, object), object]))
    const known = new Map(before.filter((finding) => finding.checkId === check.id).map((finding) => [finding.key, finding]))
    for (const key of new Set([...known.keys(), ...listed.keys()])) {
      if (++walked % slice === 0) await breathe()
      const previous = known.get(key)
      const seenAs = observe(result.outcome.verdict, listed.has(key), unlistedIn(result.outcome))
      const suppression = suppressionOf(check.id, key)
      const observation = seenAs === 'failing' && suppression ? 'suppressed' : seenAs
      const step = nextFindingStep(previous?.state ?? 'none', observation)
      if (!step) continue
      const seen = listed.get(key)
      const next = nextFinding(key, check, previous, seen, scan, step.to)
      findings.push({ ...next, notReadSince: observation === 'notRead' ? (previous?.notReadSince ?? scan.at) : null })
      if (!step.event) continue
      events.push({ kind: step.event, key })
      history.push({
        findingKey: key,
        checkId: check.id,
        at: scan.at,
        what: step.history ?? step.event,
        receiptNumber: null,
        ...(step.to === 'suppressed' && suppression ? { suppressionId: suppression.id } : {}),
      })
    }
  }
  return { findings, events, history }
}

/** The objects of a failing verdict; one that lists none is about the tenant itself. */
function affectedBy({ outcome }: CheckResult): readonly (AffectedObject | undefined)[] {
  if (outcome.verdict !== 'fail' && outcome.verdict !== 'warn') return []
  return outcome.objects.length > 0 ? outcome.objects : [undefined]
}

function nextFinding(
  key: string,
  check: AnyCheck,
  previous: StoredFinding | undefined,
  seen: AffectedObject | undefined,
  scan: { readonly id: string; readonly at: string },
  state: StoredFinding['state'],
): StoredFinding {
  const changedAt = previous && previous.state === state ? previous.changedAt : scan.at
  if (previous && !seen) return { ...previous, state, changedAt }
  return {
    key,
    checkId: check.id,
    object: seen
      ? { type: seen.type, id: seen.id, part: seen.part ?? '', name: seen.name }
      : { type: 'tenant', id: '', part: '', name: '' },
    severity: seen?.severity ?? check.severity,
    state,
    values: seen?.values ?? {},
    basis: seen?.basis ?? [],
    firstSeen: previous?.firstSeen ?? scan.at,
    changedAt,
    notReadSince: null,
    scanId: scan.id,
  }
}
