import type { BlastLine } from '@countersign/core/actions/blast.ts'
import { blastSentences } from '@countersign/core/actions/blast.ts'
import type { Effect } from '@countersign/core/actions/blast/effects.ts'
import type { BlastFacts, FactRows } from '@countersign/core/actions/blast/facts.ts'
import { blastLines } from '@countersign/core/actions/blast/lines.ts'
import { defaultBaseline } from '@countersign/core/posture/baselines/default.ts'
import { facts, type FactRow, type ReadFactId } from '@countersign/core/posture/facts.ts'
import { defaultSettings } from '@countersign/core/posture/settings.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import { now, servicePrincipal, subscription } from '../../build/facts.ts'

/** Everything is read and nothing is there. */
export const nothing: FactRows = {
  ...Object.fromEntries(facts.map(({ id }) => [id, []])),
  subscribedSkus: [subscription(['p1', 'p2'])],
}

export const asker = { requesterId: 'ada', aid: { id: 'aid', userPrincipalName: 'aid@contoso.com' } }

export interface Change extends Partial<Omit<BlastFacts, 'rows'>> {
  readonly rows?: FactRows
}

export function blastFacts({ rows, ...change }: Change = {}): BlastFacts {
  return {
    asOf: '2026-10-31T08:00:00Z',
    now,
    settings: defaultSettings,
    baseline: defaultBaseline,
    rows: { ...nothing, ...rows },
    counts: { enabledPeople: 250, guests: 40, assignedPeople: 5, assignedGroups: 1, consentedApplications: 7 },
    signIns: new Map([['client-of-app', { people: 3, isAll: true }]]),
    ...asker,
    ...change,
  }
}

/** Lines of the effects, each of which has been rendered: a value that is missing throws. */
export function linesFor(effects: Effect | readonly Effect[], change: Change = {}): readonly BlastLine[] {
  const lines = blastLines([effects].flat(), blastFacts(change))
  for (const line of lines) sentenceOf(line)
  return lines
}

export function sentenceOf({ reason, values }: BlastLine): string {
  return renderMessage(blastSentences[reason] ?? '', values)
}

export function reasons(lines: readonly BlastLine[]): readonly string[] {
  return lines.map(({ reason }) => reason)
}

export function lockedOut(lines: readonly BlastLine[]): readonly (string | null)[] {
  return lines.flatMap(({ locksOut }) => locksOut ?? [])
}

/** The same rows, one fact of which nobody could read. */
export function unreadIn(rows: FactRows, fact: ReadFactId): FactRows {
  return { ...rows, [fact]: { unread: 'scope', detail: 'Some.Read.All' } }
}

export function subject(type: 'user' | 'application' | 'servicePrincipal' | 'policy', id: string, name = `Person ${id}`) {
  return { type, id, name, qualifier: type === 'user' ? `${id}@contoso.com` : `client-of-${id}` } as const
}

export function block(id: string, how: 'blocked' | 'deleted' | 'hindered' = 'blocked'): Effect {
  return { kind: 'signIn', user: subject('user', id), how }
}

export function ownedBy(...ids: readonly string[]): FactRow<'applicationOwners'>['owners'] {
  return ids.map((id) => ({
    '@odata.type': '#microsoft.graph.user',
    id,
    displayName: `Person ${id}`,
    userPrincipalName: `${id}@contoso.com`,
  }))
}

/** Microsoft Graph, and one of its permissions that an application was given. */
export const graphPrincipal = {
  ...servicePrincipal('graph'),
  appId: '00000003-0000-0000-c000-000000000000',
  displayName: 'Microsoft Graph',
}

export function permission(principalId: string, appRoleId: string): FactRow<'appRoleAssignments'> {
  return {
    id: `${principalId}-${appRoleId}`,
    parentId: 'graph',
    appRoleId,
    principalId,
    principalType: 'ServicePrincipal',
    principalDisplayName: principalId,
    resourceId: 'graph',
    createdDateTime: null,
  }
}
