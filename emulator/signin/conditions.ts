import { collection } from '../tenants/world.ts'
import type { Tenant } from '../tenants/world.ts'
import { findPerson } from './directory.ts'
import type { Api, Client, Person, ServicePrincipal } from './directory.ts'
import { refuse, refuseByPolicy } from './refusals.ts'
import type { Refusal } from './refusals.ts'
import type { Evidence, SignInState } from './state.ts'

export type PersonOutcome = { readonly ok: true; readonly person: Person } | Refusal

/** Whether a person may have an account used at all: exists, enabled, not kept out by Conditional Access. */
export function admitPerson(state: SignInState, tenant: Tenant, upnOrId: string): PersonOutcome {
  const person = findPerson(tenant, upnOrId)
  if (!person) return refuse(50034, { user: upnOrId, tenant: tenant.displayName })
  if (!person.isEnabled) return refuse(50057)
  const block = state.settings.conditionalAccessBlock
  const isBlocked = block && [person.id, person.userPrincipalName.toLowerCase()].includes(block.user.toLowerCase())
  return isBlocked ? refuseByPolicy(block.errorCode, block.policy) : { ok: true, person }
}

/** Whether what a person proved earlier still holds for a new token. */
export function admitEvidence(state: SignInState, person: Person, evidence: Evidence, resource: string): { readonly ok: true } | Refusal {
  const revoked = state.world.revokedSince.get(person.id)
  if (revoked !== undefined && evidence.authenticatedAt <= revoked) {
    return refuse(50173, { issued: new Date(evidence.authenticatedAt).toISOString(), validFrom: new Date(revoked).toISOString() })
  }
  if (needsMultiFactor(state, person) && !evidence.multiFactor) {
    return refuse(50076, { resource }, { access_token: { capolids: { essential: true, values: ['multi-factor'] } } })
  }
  const missing = state.settings.requiredContexts.filter((context) => !evidence.contexts.includes(context))
  if (missing.length > 0) return refuse(50076, { resource }, { access_token: { acrs: { essential: true, values: missing } } })
  return { ok: true }
}

export function needsMultiFactor(state: SignInState, person: Person): boolean {
  return state.settings.mfaRequiredFor.has(person.userPrincipalName.toLowerCase())
}

/** Whether a person is assigned to the client and the resource, where these demand it. */
export function admitAssignment(tenant: Tenant, person: Person, client: Client, api: Api | undefined): { readonly ok: true } | Refusal {
  for (const servicePrincipal of [client.servicePrincipal, api?.servicePrincipal]) {
    if (servicePrincipal?.appRoleAssignmentRequired === true && !isAssigned(tenant, person, servicePrincipal)) {
      return refuse(50105, { user: person.userPrincipalName, appId: servicePrincipal.appId })
    }
  }
  return { ok: true }
}

function isAssigned(tenant: Tenant, person: Person, servicePrincipal: ServicePrincipal): boolean {
  const groups = collection(tenant, 'groupMembers')
    .with('memberId', person.id)
    .map((row) => row['groupId'])
  const principals = new Set<unknown>([person.id, ...groups])
  return collection(tenant, 'appRoleAssignments')
    .with('resourceId', servicePrincipal.id)
    .some((row) => principals.has(row['principalId']))
}
