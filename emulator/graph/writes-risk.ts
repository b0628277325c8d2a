import { z } from 'zod'
import { collection, text } from '../tenants/tenant.ts'
import type { Row } from '../tenants/tenant.ts'
import { holdsAction } from './caller.ts'
import { notFound, refuse } from './respond.ts'
import type { Refusal } from './respond.ts'
import { writeRow } from './view.ts'
import { badRequest } from './write-entry.ts'
import type { WriteCall, WriteEntry, WriteOutcome } from './write-entry.ts'

const RISKY = 'identityProtection/riskyUsers'
/** https://learn.microsoft.com/graph/api/riskyuser-confirmcompromised: at most 60 people in one request. */
const bodySchema = z.object({ userIds: z.array(z.guid()).min(1).max(60) })

interface Judgement {
  readonly activity: 'ConfirmAccountCompromised' | 'DismissUser'
  readonly becomes: { readonly riskState: string; readonly riskLevel: string; readonly riskDetail: string }
}

const judgements = {
  confirm: {
    activity: 'ConfirmAccountCompromised',
    becomes: { riskState: 'confirmedCompromised', riskLevel: 'high', riskDetail: 'adminConfirmedUserCompromised' },
  },
  dismiss: {
    activity: 'DismissUser',
    becomes: { riskState: 'dismissed', riskLevel: 'none', riskDetail: 'adminDismissedAllRiskForUser' },
  },
} as const satisfies Record<string, Judgement>

function judge({ activity, becomes }: Judgement, { view, body, at }: WriteCall): WriteOutcome | Refusal {
  const parsed = bodySchema.safeParse(body)
  if (!parsed.success) return badRequest('The request must name 1 to 60 users by their ids in userIds.')
  const users = collection(view.tenant, 'users')
  const found: Row[] = []
  for (const id of parsed.data.userIds) {
    const user = users.get(id)
    if (!user) return notFound(id)
    found.push(user)
  }
  for (const user of found) {
    const was = collection(view.tenant, RISKY).get(user.id)
    const risky: Row = {
      id: user.id,
      isDeleted: false,
      isProcessing: false,
      userDisplayName: text(user, 'displayName') ?? null,
      userPrincipalName: text(user, 'userPrincipalName') ?? null,
      ...was,
      ...becomes,
      riskLastUpdatedDateTime: new Date(at).toISOString(),
    }
    writeRow(view, RISKY, user.id, risky)
  }
  return {
    audit: [
      {
        activity,
        category: 'Other',
        service: 'Identity Protection',
        targets: found.map((row) => ({ type: 'User', row, shownName: text(row, 'displayName') ?? null })),
        reason: `Item updated: ${found.length}. Action type: ${activity}`,
      },
    ],
  }
}

function entry(name: string, judgement: Judgement): WriteEntry {
  return {
    method: 'POST',
    path: `/identityprotection/riskyusers/${name}`,
    plays: ['userIds'],
    bucket: 'conditionalAccess',
    licence: 'p2',
    unlicensed: refuse(403, 'Forbidden', 'Your tenant is not licensed for this feature.'),
    may: ({ view, caller }) => holdsAction(view.tenant, caller, 'microsoft.directory/identityProtection/allProperties/update'),
    apply: (call) => judge(judgement, call),
  }
}

/** What settles the risk of people. */
export const riskWrites: readonly WriteEntry[] = [entry('dismiss', judgements.dismiss), entry('confirmcompromised', judgements.confirm)]
