import { z } from 'zod'
import { text } from '../tenants/tenant.ts'
import { includedProperties } from './audit.ts'
import type { ModifiedProperty } from './audit.ts'
import { holdsAction, mayTouchUser } from './caller.ts'
import type { Refusal } from './respond.ts'
import { writeRow } from './view.ts'
import { badRequest } from './write-entry.ts'
import type { WriteCall, WriteEntry, WriteOutcome } from './write-entry.ts'

const enableSchema = z.object({ accountEnabled: z.boolean() })

function setAccountEnabled({ view, target, body }: WriteCall): WriteOutcome | Refusal {
  const parsed = enableSchema.safeParse(body)
  if (!parsed.success) return badRequest("Invalid value specified for property 'accountEnabled' of resource 'User'.")
  const { accountEnabled } = parsed.data
  const was = target['accountEnabled'] === true
  writeRow(view, 'users', target.id, { ...target, accountEnabled })
  const changed: ModifiedProperty = { displayName: 'AccountEnabled', oldValue: `[${was}]`, newValue: `[${accountEnabled}]` }
  const userType: ModifiedProperty = { displayName: 'TargetId.UserType', oldValue: null, newValue: JSON.stringify(target['userType']) }
  const common = {
    category: 'UserManagement',
    service: 'Core Directory',
    targets: [{ type: 'User', row: target, modified: [changed, includedProperties('AccountEnabled'), userType] }],
  } as const
  return {
    audit: [
      { ...common, activity: 'Update user' },
      { ...common, activity: accountEnabled ? 'Enable account' : 'Disable account' },
    ],
  }
}

function revokeSessions({ view, target, at }: WriteCall): WriteOutcome {
  const moment = new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000Z', 'Z')
  writeRow(view, 'users', target.id, { ...target, signInSessionsValidFromDateTime: moment })
  view.world.revokedSince.set(target.id, at)
  const modified = [
    {
      displayName: 'StsRefreshTokensValidFrom',
      oldValue: JSON.stringify([text(target, 'signInSessionsValidFromDateTime') ?? '']),
      newValue: JSON.stringify([moment]),
    },
    includedProperties('StsRefreshTokensValidFrom'),
  ]
  return {
    audit: [
      {
        activity: 'Update StsRefreshTokenValidFrom Timestamp',
        category: 'UserManagement',
        service: 'Core Directory',
        targets: [{ type: 'User', row: target, modified }],
      },
    ],
    answer: { status: 200, context: 'Edm.Boolean', body: { value: true } },
  }
}

/** Whether the caller holds an action over the person of the path and may change that person at all. */
function mayOver({ view, caller, target }: WriteCall, action: string): boolean {
  return holdsAction(view.tenant, caller, action, target.id) && mayTouchUser(view.tenant, caller, target.id)
}

/** What changes people. */
export const peopleWrites: readonly WriteEntry[] = [
  {
    method: 'PATCH',
    path: '/users/{id}',
    targets: 'users',
    plays: ['accountEnabled'],
    bodyType: 'user',
    bucket: 'write',
    may: (call) => mayOver(call, `microsoft.directory/users/${call.body['accountEnabled'] === false ? 'disable' : 'enable'}`),
    apply: setAccountEnabled,
  },
  {
    method: 'POST',
    path: '/users/{id}/revokesigninsessions',
    targets: 'users',
    plays: [],
    bucket: 'write',
    may: (call) => call.caller.oid === call.target.id || mayOver(call, 'microsoft.directory/users/invalidateAllRefreshTokens'),
    apply: revokeSessions,
  },
]
