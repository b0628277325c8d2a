import type { QueryClient } from '@tanstack/react-query'
import type { LiveEvent } from './events.ts'

/** Which stored answers an event makes old. Events carry ids and no data: what is old is read again. */
const agedBy = {
  'scan.started': ['overview'],
  'scan.progressed': ['overview', 'findings'],
  'scan.finished': [
    'overview',
    'findings',
    'finding',
    'receipt',
    'receipts',
    'trust',
    'scans',
    'trend',
    'changes',
    'scopes',
    'baselines',
    'suppressions',
    'applications',
    'application',
    'people',
    'person',
  ],
  'scan.failed': ['overview', 'scans'],
  'scan.attributed': ['changes'],
  'sponsor.changed': ['sponsor', 'trust'],
  'finding.opened': ['overview', 'findings', 'finding', 'application', 'person'],
  'finding.closed': ['overview', 'findings', 'finding', 'receipt', 'application', 'person'],
  'finding.returned': ['overview', 'findings', 'finding', 'receipt', 'application', 'person'],
  'finding.changed': ['overview', 'findings', 'finding', 'application', 'person'],
  'proposal.changed': ['proposal', 'proposals', 'readings', 'finding', 'receipt', 'receipts', 'application', 'person'],
  'offer.changed': ['proposal', 'proposals'],
  'receipt.changed': ['receipt', 'receipts', 'overview', 'proposal', 'proposals'],
  'aid.changed': ['me', 'actions', 'scopes'],
  'settings.changed': ['exceptions', 'baselines', 'suppressions', 'overview', 'findings', 'finding'],
  'suppression.changed': ['suppressions', 'overview', 'findings', 'finding'],
  'action.changed': ['actions', 'scopes', 'proposals', 'application', 'person'],
  'evidence.changed': ['trust'],
  'alert.raised': ['alerts', 'activity'],
  'alert.sent': ['myAlerts', 'activity'],
  'alert.changed': ['alerts', 'myAlerts', 'activity'],
} as const satisfies Record<LiveEvent['kind'], readonly string[]>

const gatherMs = 400

/** Reads again what events made old, at most once in `gatherMs`, so that a busy scan does not flood the service. */
export function makeRefresher(queries: QueryClient): (event: LiveEvent) => void {
  const aged = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  return (event) => {
    // A newer service may send kinds that this page does not know yet.
    const names: readonly string[] | undefined = agedBy[event.kind]
    for (const name of names ?? []) aged.add(name)
    timer ??= setTimeout(refresh, gatherMs)
  }

  function refresh(): void {
    timer = undefined
    for (const name of aged) void queries.invalidateQueries([name])
    aged.clear()
  }
}
