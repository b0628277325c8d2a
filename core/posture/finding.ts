import type { VerdictName } from './check.ts'
import type { EventKind } from '../events.ts'

/** States of a finding. `fixedAwaitingScan`: a verified receipt says it is mended, no scan has looked again yet. */
export const findingStates = ['open', 'fixedAwaitingScan', 'closed', 'returned', 'suppressed'] as const
export type FindingState = (typeof findingStates)[number]
/** `suppressed`: it is failing, and somebody said that it stays so for a while. */
export type Observation = 'failing' | 'suppressed' | 'absent' | 'notRead'

export interface FindingStep {
  readonly to: FindingState
  readonly event?: EventKind
  /** What the history says, where that is more than the event. */
  readonly history?: 'finding.suppressed' | 'finding.unsuppressed'
}

const suppress = { to: 'suppressed', event: 'finding.changed', history: 'finding.suppressed' } as const

/**
 * Previous state × what the scan saw → next state. 'none' is a finding that does not exist yet; a missing cell means nothing is stored. What a
 * suppression covered and covers no more returns.
 */
export const findingTable = {
  none: { failing: { to: 'open', event: 'finding.opened' }, suppressed: suppress },
  open: { failing: { to: 'open' }, suppressed: suppress, absent: { to: 'closed', event: 'finding.closed' }, notRead: { to: 'open' } },
  returned: {
    failing: { to: 'returned' },
    suppressed: suppress,
    absent: { to: 'closed', event: 'finding.closed' },
    notRead: { to: 'returned' },
  },
  fixedAwaitingScan: {
    failing: { to: 'returned', event: 'finding.returned' },
    suppressed: suppress,
    absent: { to: 'closed', event: 'finding.closed' },
    notRead: { to: 'fixedAwaitingScan' },
  },
  closed: {
    failing: { to: 'returned', event: 'finding.returned' },
    suppressed: suppress,
    absent: { to: 'closed' },
    notRead: { to: 'closed' },
  },
  suppressed: {
    failing: { to: 'returned', event: 'finding.changed', history: 'finding.unsuppressed' },
    suppressed: { to: 'suppressed' },
    absent: { to: 'closed', event: 'finding.closed' },
    notRead: { to: 'suppressed' },
  },
} as const satisfies Record<FindingState | 'none', Partial<Record<Observation, FindingStep>>>

/**
 * What a verdict says about one object: unknown and manual neither open nor close. Where a verdict has more objects than it lists
 * (`unlisted`), an object that is not listed may still be among them.
 */
export function observe(verdict: VerdictName, objectIsListed: boolean, unlisted = 0): Observation {
  switch (verdict) {
    case 'fail':
    case 'warn':
      if (objectIsListed) return 'failing'
      return unlisted > 0 ? 'notRead' : 'absent'
    case 'pass':
    case 'notApplicable':
      return 'absent'
    case 'manual':
    case 'unknown':
      return 'notRead'
  }
}

export function nextFindingStep(previous: FindingState | 'none', observation: Observation): FindingStep | undefined {
  const row: Partial<Record<Observation, FindingStep>> = findingTable[previous]
  return row[observation]
}

/** Key of a finding: check plus object ('' for the tenant). */
export function findingKey(checkId: string, object: { readonly id: string; readonly part?: string } | undefined): string {
  if (!object) return `${checkId}:`
  return object.part ? `${checkId}:${object.id}/${object.part}` : `${checkId}:${object.id}`
}
