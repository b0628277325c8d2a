import { randomUUID } from 'node:crypto'
import { blankConditionalAccessPolicy, openConditions, openSession } from '../tenants/blank-rows.ts'
import { collection } from '../tenants/tenant.ts'
import type { Row, Tenant } from '../tenants/tenant.ts'
import type { AuditPlan } from './audit.ts'
import { holdsAction } from './caller.ts'
import { MOST_POLICIES, notAPolicy, policyRefusal } from './conditional-access-rules.ts'
import { sentPolicySchema } from './conditional-access-schema.ts'
import type { SentPolicy } from './conditional-access-schema.ts'
import { refuse } from './respond.ts'
import type { Refusal } from './respond.ts'
import { writeRow } from './view.ts'
import type { WriteCall, WriteEntry, WriteOutcome } from './write-entry.ts'

const PATH = 'identity/conditionalAccess/policies'
type Fields = Readonly<Record<string, unknown>>

function create({ view, body, at }: WriteCall): WriteOutcome | Refusal {
  const parsed = sentPolicySchema.safeParse(bound(body))
  if (!parsed.success) return notAPolicy
  const sent = parsed.data
  const wrong = policyRefusal(view.tenant, sent, undefined)
  if (wrong) return wrong
  if (collection(view.tenant, PATH).size >= MOST_POLICIES)
    return refuse(400, 'BadRequest', `1038: The tenant has reached the maximum of ${MOST_POLICIES} Conditional Access policies.`)
  const row: Row = {
    ...blankConditionalAccessPolicy,
    id: randomUUID(),
    displayName: sent.displayName,
    state: sent.state,
    createdDateTime: new Date(at).toISOString(),
    conditions: merged({ ...openConditions, applications: noApplications, users: nobody }, sent.conditions),
    grantControls: controls(view.tenant, sent.grantControls),
    sessionControls: sent.sessionControls ? merged(openSession, sent.sessionControls) : null,
  }
  writeRow(view, PATH, row.id, row)
  return {
    audit: [policyAudit('Add', undefined, row)],
    answer: { status: 201, context: `${PATH}/$entity`, body: row },
  }
}

const noApplications = { ...openConditions.applications, includeApplications: [] }
const nobody = { ...openConditions.users, includeUsers: [] }

const blankGrant = { operator: 'OR', builtInControls: [], customAuthenticationFactors: [], termsOfUse: [], authenticationStrength: null }

/** Grant controls as they are stored: a strength is answered in full. */
function controls(tenant: Tenant, sent: SentPolicy['grantControls'], before: Fields = blankGrant): Fields | null {
  if (!sent) return null
  const strength =
    sent.authenticationStrength && collection(tenant, 'policies/authenticationStrengthPolicies').get(sent.authenticationStrength.id)
  const { authenticationStrength: _named, 'authenticationStrength@odata.context': _context, ...plain } = sent
  const changed = merged(before, plain)
  if (sent.authenticationStrength === undefined) return changed
  return { ...changed, authenticationStrength: strength ? { ...strength, combinationConfigurations: [] } : null }
}

/** A strength may also be named by its address. */
function bound(body: Fields): Fields {
  const sent = body['grantControls']
  if (typeof sent !== 'object' || sent === null || !('authenticationStrength@odata.bind' in sent)) return body
  const { 'authenticationStrength@odata.bind': address, ...rest } = sent
  const id = String(address).split('/').at(-1) ?? ''
  return { ...body, grantControls: { ...rest, authenticationStrength: { id } } }
}

/** Objects are changed property by property; lists and everything else are replaced. */
function merged(before: unknown, sent: unknown): Fields {
  const result: Record<string, unknown> = isFields(before) ? { ...before } : {}
  for (const [name, value] of Object.entries(isFields(sent) ? sent : {})) {
    // Only the kinds of external tenants have to be told apart in an answer.
    if (value === undefined || (name === '@odata.type' && !namesTenants(sent))) continue
    result[name] = isFields(value) ? merged(result[name], value) : value
  }
  return result
}

function namesTenants(value: unknown): boolean {
  return isFields(value) && 'membershipKind' in value
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function update({ view, target, body, at }: WriteCall): WriteOutcome | Refusal {
  const parsed = sentPolicySchema.safeParse(bound(body))
  if (!parsed.success) return notAPolicy
  const sent = parsed.data
  const changed: Row = {
    ...target,
    ...(sent.displayName === undefined ? {} : { displayName: sent.displayName }),
    ...(sent.state === undefined ? {} : { state: sent.state }),
    ...(sent.conditions ? { conditions: merged(target['conditions'], sent.conditions) } : {}),
    ...(sent.grantControls === undefined
      ? {}
      : {
          grantControls: controls(view.tenant, sent.grantControls, isFields(target['grantControls']) ? target['grantControls'] : undefined),
        }),
    ...(sent.sessionControls === undefined
      ? {}
      : { sessionControls: sent.sessionControls && merged(target['sessionControls'] ?? openSession, sent.sessionControls) }),
    modifiedDateTime: new Date(at).toISOString(),
  }
  const before = asSent(target)
  const after = asSent(changed, sent)
  if (!after) return notAPolicy
  const wrong = policyRefusal(view.tenant, after, before)
  if (wrong) return wrong
  writeRow(view, PATH, target.id, changed)
  return { audit: [policyAudit('Update', target, changed)] }
}

/** A stored policy in the shape in which it would be sent; the strength that a request names stays as it was named. */
function asSent(row: Row, sent?: SentPolicy): SentPolicy | undefined {
  const { displayName, state, conditions, grantControls, sessionControls } = row
  const named = sent?.grantControls?.authenticationStrength
  const grant = named && isFields(grantControls) ? { ...grantControls, authenticationStrength: named } : grantControls
  const parsed = sentPolicySchema.safeParse({ displayName, state, conditions, grantControls: grant, sessionControls })
  return parsed.success ? parsed.data : undefined
}

function remove({ view, target }: WriteCall): WriteOutcome {
  writeRow(view, PATH, target.id, undefined)
  return { audit: [policyAudit('Delete', target, undefined)] }
}

function policyAudit(operation: 'Add' | 'Update' | 'Delete', before: Row | undefined, after: Row | undefined): AuditPlan {
  const shown = (row: Row | undefined): string | null => (row ? JSON.stringify(row) : null)
  const row = after ?? before ?? { id: '' }
  return {
    activity: `${operation} conditional access policy`,
    category: 'Policy',
    service: 'Conditional Access',
    operation,
    targets: [
      { type: 'Policy', row, modified: [{ displayName: 'ConditionalAccessPolicy', oldValue: shown(before), newValue: shown(after) }] },
    ],
  }
}

const may =
  (action: string): WriteEntry['may'] =>
  ({ view, caller, target }) =>
    holdsAction(view.tenant, caller, `microsoft.directory/conditionalAccessPolicies/${action}`, target.id === '' ? undefined : target.id)

const common = { bucket: 'conditionalAccess', bodyType: 'conditionalAccessPolicy', licence: 'premium' } as const
const written = ['state', 'displayName', 'conditions', 'grantControls', 'sessionControls', 'templateId']

/** What changes Conditional Access policies. */
export const conditionalAccessWrites: readonly WriteEntry[] = [
  { ...common, method: 'POST', path: '/identity/conditionalaccess/policies', plays: written, may: may('create'), apply: create },
  {
    ...common,
    method: 'PATCH',
    path: '/identity/conditionalaccess/policies/{id}',
    targets: PATH,
    plays: written,
    may: may('basic/update'),
    apply: update,
  },
  {
    ...common,
    method: 'DELETE',
    path: '/identity/conditionalaccess/policies/{id}',
    targets: PATH,
    plays: [],
    may: may('delete'),
    apply: remove,
  },
]
