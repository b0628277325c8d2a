import { z } from 'zod'
import type { Row } from '../tenants/tenant.ts'
import { holdsAction } from './caller.ts'
import { refuse } from './respond.ts'
import type { Refusal } from './respond.ts'
import { writeRow } from './view.ts'
import type { WriteCall, WriteEntry, WriteOutcome } from './write-entry.ts'

const policyState = z.enum(['enabled', 'disabled', 'enabledForReportingButNotEnforced'])

function updatePolicy({ view, target, body, at }: WriteCall): WriteOutcome | Refusal {
  if (body['state'] !== undefined && !policyState.safeParse(body['state']).success)
    return refuse(400, 'BadRequest', '1037: The policy you provided has an invalid state.')
  const changed: Row = { ...target, ...body, id: target.id, modifiedDateTime: new Date(at).toISOString() }
  writeRow(view, 'identity/conditionalAccess/policies', target.id, changed)
  const modified = [{ displayName: 'ConditionalAccessPolicy', oldValue: JSON.stringify(target), newValue: JSON.stringify(changed) }]
  return {
    audit: [
      {
        activity: 'Update conditional access policy',
        category: 'Policy',
        service: 'Conditional Access',
        targets: [{ type: 'Policy', row: target, modified }],
      },
    ],
  }
}

/** What changes the tenant's policies. */
export const policyWrites: readonly WriteEntry[] = [
  {
    method: 'PATCH',
    path: '/identity/conditionalaccess/policies/{id}',
    targets: 'identity/conditionalAccess/policies',
    plays: ['state', 'displayName', 'conditions', 'grantControls', 'sessionControls'],
    bodyType: 'conditionalAccessPolicy',
    bucket: 'conditionalAccess',
    may: ({ view, caller, target }) =>
      holdsAction(view.tenant, caller, 'microsoft.directory/conditionalAccessPolicies/basic/update', target.id),
    apply: updatePolicy,
  },
]
