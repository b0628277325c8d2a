import { z } from 'zod'
import { defineAction } from '../action.ts'
import { authorizationActivities, authorizationEcho, authorizationPath, authorizationPolicy } from '../plans/authorization-policy.ts'
import { authorizationStolen, authorizationUnconfirmed, mayChangeAuthorization } from '../plans/authorization-policy.ts'
import { parseAnswer, planOne, refuse, unreadable } from '../plans/planning.ts'

const answerSchema = z.object({ defaultUserRolePermissions: z.object({ permissionGrantPoliciesAssigned: z.array(z.string()) }) })
const member = 'defaultUserRolePermissions/permissionGrantPoliciesAssigned'
const low = 'ManagePermissionGrantsForSelf.microsoft-user-default-low'
const shown = { none: 'nothing', verifiedLowRisk: 'permissions of low impact, of verified publishers' } as const
const isForSelf = (policy: string) => policy.toLowerCase().startsWith('managepermissiongrantsforself.')
const isLow = (policy: string) => policy.toLowerCase() === low.toLowerCase()
/** A policy made in the tenant may be stricter than Microsoft's: nobody can tell from its name. */
const isCustom = (policy: string) => !policy.toLowerCase().startsWith('managepermissiongrantsforself.microsoft-user-default-')

export const restrictUserConsent = defineAction({
  id: 'restrict-user-consent',
  title: 'Limit what people may let applications do',
  proposalTitle: 'Limit what people may let applications do',
  why: 'Consent phishing asks for a click in place of a password, and the click outlives a change of the password.',
  input: z.object({ allow: z.enum(['none', 'verifiedLowRisk']) }).strict(),
  impact: 'high',
  starts: 'off',
  licence: 'free',
  inputs: [{ name: 'allow', title: 'What people may consent to', is: 'choice', choices: shown }],
  touches: ['tenantSetting', 'consent'],
  writeScopes: ['Policy.ReadWrite.Authorization'],
  proofScopes: ['AuditLog.Read.All'],
  directoryRole: mayChangeAuthorization,
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    notFound: 'Graph has no authorization policy ({id}) for this tenant.',
    unreadable,
    asStrict: 'People may already consent to no more than that. This only ever makes the setting stricter.',
    custom: 'People consent by {policy}, which was made in this tenant and may be stricter. Choose nothing, or look at it first.',
    newOnly: 'Only new consents are refused; what people have consented to stays until it is removed.',
  },
  preStateFields: [member],
  auditActivities: authorizationActivities,
  ifStolen: authorizationStolen,
  unconfirmed: authorizationUnconfirmed,
  undo: { possible: true, days: 30 },
  reads: () => [{ path: authorizationPath }],
  plan({ allow }, [answer]) {
    const read = parseAnswer(answerSchema, answer, authorizationPolicy.id)
    if (read.kind === 'refused') return read
    const before = read.row.defaultUserRolePermissions.permissionGrantPoliciesAssigned
    const own = before.filter(isForSelf)
    if (own.length === 0 || (allow === 'verifiedLowRisk' && own.every(isLow))) return refuse('asStrict')
    const custom = own.find(isCustom)
    if (allow === 'verifiedLowRisk' && custom !== undefined) return refuse('custom', { policy: custom })
    // What owners of groups may consent to stands in the same list and stays.
    const after = [...before.filter((policy) => !isForSelf(policy)), ...(allow === 'none' ? [] : [low])]
    const set = (value: readonly string[], proof: string) => ({
      write: {
        method: 'PATCH' as const,
        path: authorizationPath,
        body: { defaultUserRolePermissions: { permissionGrantPoliciesAssigned: value } },
      },
      readBack: { read: { path: authorizationPath }, expect: { kind: 'equals' as const, field: member, value } },
      echo: authorizationEcho('PermissionGrantPolicyIdsAssignedToDefaultUserRole', proof),
    })
    return planOne(
      authorizationPolicy,
      { field: 'userConsent', before: own.join(', '), after: shown[allow] },
      { class: 'set', ...set(after, after.at(-1) ?? ''), undo: set(before, own[0] ?? '') },
      { [member]: before },
      [{ reason: 'newOnly', values: {} }],
    )
  },
})
