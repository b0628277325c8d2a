import { z } from 'zod'
import { sameId } from '../../posture/rows/graph-values.ts'
import type { ActionEntry, Plan, PlanStep, Subject } from '../action.ts'

/** What a plan does to its objects, read off the requests that it would send: they are what happens, whatever the entry says. */
export type Effect =
  | {
      readonly kind: 'signIn'
      readonly user: Subject
      /** `hindered`: a way in is taken, or the account is put under suspicion. */ readonly how: 'blocked' | 'deleted' | 'hindered'
    }
  | {
      readonly kind: 'role'
      readonly holder: Subject
      readonly principalId: string
      readonly roleDefinitionId: string
      readonly scope: string
      readonly held: 'active' | 'eligible'
    }
  | { readonly kind: 'member'; readonly user: Subject; readonly groupId: string; readonly groupName: string }
  | { readonly kind: 'application'; readonly application: Subject; readonly how: ApplicationChange }
  | { readonly kind: 'policyState'; readonly policy: Subject; readonly state: 'enabled' | 'enabledForReportingButNotEnforced' }
  | { readonly kind: 'policyCreated'; readonly policy: Subject; /** As it is sent to Graph. */ readonly body: PlanStep['write']['body'] }
  | { readonly kind: 'setting'; readonly setting: 'invitations' | 'consent' | 'consentWorkflow' }
  /** A request whose effect on others nobody has described. */
  | { readonly kind: 'notDescribed'; readonly about: Subject }

/** `permission`: it may do less. `credential`: a secret or certificate goes. `owner`: somebody gains power over it. */
export type ApplicationChange = 'blocked' | 'deleted' | 'allowed' | 'permission' | 'credential' | 'owner'

type Planned = Extract<Plan, { kind: 'plan' }>

/** Effects of a plan of an entry that touches others; none for one that declares that it touches nobody else. */
export function effectsOf({ touches }: Pick<ActionEntry, 'touches'>, plan: Planned): readonly Effect[] {
  if (touches.length === 0) return []
  return plan.steps.map((step) => effectOf(step, plan) ?? { kind: 'notDescribed', about: step.about })
}

function effectOf(step: PlanStep, plan: Planned): Effect | undefined {
  const { about, write } = step
  const path = write.path.split('?')[0] ?? ''
  if (path.startsWith('/roleManagement/directory/')) return roleEffect(step, plan)
  if (path.startsWith('/groups/')) return memberEffect(step, plan)
  if (path.startsWith('/policies/')) return settingEffect(write)
  switch (about.type) {
    case 'user':
      return { kind: 'signIn', user: about, how: signInChange(step) }
    case 'application':
    case 'servicePrincipal': {
      const how = applicationChange(write)
      return how && { kind: 'application', application: about, how }
    }
    case 'policy':
      return policyEffect(step)
    case 'tenant':
    case 'group':
    case 'role':
      return undefined
  }
}

const accountBody = z.looseObject({ accountEnabled: z.boolean() })

function signInChange({ about, write }: PlanStep): 'blocked' | 'deleted' | 'hindered' {
  if (write.method === 'DELETE' && sameId(write.path, `/users/${about.id}`)) return 'deleted'
  return accountBody.safeParse(write.body).data?.accountEnabled === false ? 'blocked' : 'hindered'
}

const heldRole = z.looseObject({ principalId: z.string(), roleDefinitionId: z.string(), directoryScopeId: z.string() })

/** A request of Privileged Identity Management names the role itself; of an assignment that is deleted, the state before does. */
function roleEffect({ about, write }: PlanStep, { preState }: Planned): Effect | undefined {
  const role = heldRole.safeParse(write.method === 'DELETE' ? preState : write.body).data
  if (!role) return undefined
  const { principalId, roleDefinitionId, directoryScopeId: scope } = role
  const held = write.path.includes('/roleEligibility') ? 'eligible' : 'active'
  return { kind: 'role', holder: about, principalId, roleDefinitionId, scope, held }
}

function memberEffect({ about, write }: PlanStep, { changes }: Planned): Effect | undefined {
  const [, groupId] = /^\/groups\/([^/]+)\/members\/[^/]+\/\$ref$/.exec(write.path) ?? []
  if (groupId === undefined || write.method !== 'DELETE') return undefined
  return { kind: 'member', user: about, groupId, groupName: changes[0]?.before ?? groupId }
}

function applicationChange({ method, path, body }: PlanStep['write']): ApplicationChange | undefined {
  const enabled = accountBody.safeParse(body).data?.accountEnabled
  if (enabled !== undefined) return enabled ? 'allowed' : 'blocked'
  if (path.includes('/owners/')) return 'owner'
  if (/\/removePassword$/i.test(path) || (method === 'PATCH' && hasKeys(body))) return 'credential'
  if (method !== 'DELETE') return undefined
  if (/^\/oauth2PermissionGrants\/|\/appRoleAssignedTo\//i.test(path)) return 'permission'
  return /^\/(applications|servicePrincipals)\/[^/]+$/i.test(path) ? 'deleted' : undefined
}

function hasKeys(body: PlanStep['write']['body']): boolean {
  return z.looseObject({ keyCredentials: z.array(z.unknown()) }).safeParse(body).success
}

const stateBody = z.looseObject({ state: z.enum(['enabled', 'enabledForReportingButNotEnforced']) })

function policyEffect({ about, write, class: stepClass }: PlanStep): Effect | undefined {
  if (stepClass === 'create') return { kind: 'policyCreated', policy: about, body: write.body }
  const state = stateBody.safeParse(write.body).data?.state
  return state && { kind: 'policyState', policy: about, state }
}

function settingEffect({ path, body }: PlanStep['write']): Effect | undefined {
  if (path.includes('/adminConsentRequestPolicy')) return { kind: 'setting', setting: 'consentWorkflow' }
  if (!path.includes('/authorizationPolicy') || typeof body !== 'object' || body === null) return undefined
  if ('allowInvitesFrom' in body) return { kind: 'setting', setting: 'invitations' }
  return 'defaultUserRolePermissions' in body ? { kind: 'setting', setting: 'consent' } : undefined
}
