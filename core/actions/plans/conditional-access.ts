import { z } from 'zod'
import type { Json } from '../../digest.ts'
import type { EchoExpectation, Plan } from '../action.ts'
import { parseAnswer, planOne, refuse } from './planning.ts'

type Warnings = Extract<Plan, { kind: 'plan' }>['warnings']
type State = 'enabled' | 'enabledForReportingButNotEnforced'

const names = z.array(z.string())
const usersSchema = z.object({
  includeUsers: names,
  includeGroups: names,
  includeRoles: names,
  excludeUsers: names,
  excludeGroups: names,
  excludeRoles: names,
})

const policySchema = z.object({
  id: z.guid(),
  displayName: z.string(),
  state: z.string(),
  modifiedDateTime: z.string().nullish(),
  // Null for policies about workload identities.
  conditions: z.object({ users: usersSchema.nullish() }),
})

export const conditionalAccessScopes = ['Policy.ReadWrite.ConditionalAccess', 'Policy.Read.All', 'Application.Read.All'] as const

export function conditionalAccessRole(actions: readonly ('create' | 'delete' | 'basic/update')[]) {
  return {
    name: 'Conditional Access Administrator',
    templateId: 'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9',
    actions: actions.map((action) => `microsoft.directory/conditionalAccessPolicies/${action}`),
    because: 'Custom roles cannot touch Conditional Access; this is the smallest built-in role that can.',
    scope: 'tenant',
  } as const
}

/** Both spellings have been seen in audit logs. */
export function policyActivities(verb: 'Add' | 'Update' | 'Delete'): readonly string[] {
  return [`${verb} conditional access policy`, `${verb} Conditional Access policy`]
}

const shownStates: Readonly<Record<string, string>> = { enabled: 'on', enabledForReportingButNotEnforced: 'only reporting' }

/**
 * Switches a policy between on and report-only. Refuses with `otherState` where it is not in the state to leave, and with
 * `microsofts` for a policy that Microsoft made and manages: v1.0 says so by the name alone.
 */
export function planPolicyState(policyId: string, answer: Json | undefined, to: State, warnings: (users: PolicyUsers) => Warnings): Plan {
  const from: State = to === 'enabled' ? 'enabledForReportingButNotEnforced' : 'enabled'
  const read = parseAnswer(policySchema, answer, policyId)
  if (read.kind === 'refused') return read
  const { id, displayName: name, state, modifiedDateTime, conditions } = read.row
  if (/^microsoft-managed/i.test(name)) return refuse('microsofts', { name })
  if (state !== from) return refuse('otherState', { name, state })
  const path = `/identity/conditionalAccess/policies/${id}`
  const set = (value: State) => ({
    write: { method: 'PATCH' as const, path, body: { state: value } },
    readBack: { read: { path: `${path}?$select=state` }, expect: { kind: 'equals' as const, field: 'state', value } },
    echo: policyEcho('Update', id, `"state":"${value}"`),
  })
  return planOne(
    { type: 'policy', id, name, qualifier: id },
    { field: 'policyState', before: shownStates[from] ?? from, after: shownStates[to] ?? to },
    { class: 'set', ...set(to), undo: set(from) },
    // Any other change of the policy since then shows in its time: what is switched is what was looked at.
    { state, modifiedDateTime: modifiedDateTime ?? null },
    conditions.users ? warnings(conditions.users) : [],
  )
}

export type PolicyUsers = z.infer<typeof usersSchema>

export function policyEcho(verb: 'Add' | 'Update' | 'Delete', targetId: string, newValueContains: string): EchoExpectation {
  return { activities: policyActivities(verb), targetId, modified: { name: 'ConditionalAccessPolicy', newValueContains } }
}

/** Whether a policy reaches an account: by name or with everybody, or perhaps, by a group or role that this does not resolve. */
export function reaches(users: PolicyUsers, id: string): 'yes' | 'perhaps' | 'no' {
  if (users.excludeUsers.includes(id)) return 'no'
  if (users.includeUsers.includes('All') || users.includeUsers.includes(id))
    return users.excludeGroups.length + users.excludeRoles.length > 0 ? 'perhaps' : 'yes'
  return users.includeGroups.length + users.includeRoles.length > 0 ? 'perhaps' : 'no'
}
