import { z } from 'zod'
import { defineAction } from '../action.ts'
import { authorizationActivities, authorizationEcho, authorizationPath, authorizationPolicy } from '../plans/authorization-policy.ts'
import { authorizationStolen, authorizationUnconfirmed, mayChangeAuthorization } from '../plans/authorization-policy.ts'
import { parseAnswer, planOne, refuse, unreadable } from '../plans/planning.ts'

/** From the most to the least strict: https://learn.microsoft.com/graph/api/resources/authorizationpolicy */
const steps = ['none', 'adminsAndGuestInviters', 'adminsGuestInvitersAndAllMembers', 'everyone'] as const
const shown = { none: 'nobody', adminsAndGuestInviters: 'administrators and guest inviters' } as const
const shownBefore: Readonly<Record<string, string>> = {
  ...shown,
  adminsGuestInvitersAndAllMembers: 'all members',
  everyone: 'everybody, guests too',
}

export const restrictGuestInvitations = defineAction({
  id: 'restrict-guest-invitations',
  title: 'Limit who may invite guests',
  proposalTitle: 'Limit who may invite guests',
  why: 'Each invitation opens a door. Where everybody may, nobody knows which doors are open.',
  input: z.object({ allow: z.enum(['adminsAndGuestInviters', 'none']) }).strict(),
  impact: 'normal',
  starts: 'off',
  licence: 'free',
  inputs: [{ name: 'allow', title: 'Who may invite', is: 'choice', choices: shown }],
  touches: ['tenantSetting'],
  writeScopes: ['Policy.ReadWrite.Authorization'],
  proofScopes: ['AuditLog.Read.All'],
  directoryRole: mayChangeAuthorization,
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    notFound: 'Graph has no authorization policy ({id}) for this tenant.',
    unreadable,
    asStrict: 'Invitations are already limited to {now}. This only ever makes the setting stricter.',
    unknownValue: 'Invitations are set to {now}, which this does not know and so cannot compare.',
  },
  preStateFields: ['allowInvitesFrom'],
  auditActivities: authorizationActivities,
  ifStolen: authorizationStolen,
  unconfirmed: authorizationUnconfirmed,
  undo: { possible: true, days: 30 },
  reads: () => [{ path: authorizationPath }],
  plan({ allow }, [answer]) {
    const read = parseAnswer(z.object({ allowInvitesFrom: z.string() }), answer, authorizationPolicy.id)
    if (read.kind === 'refused') return read
    const before = read.row.allowInvitesFrom
    const strictness = steps.findIndex((step) => step === before)
    if (strictness < 0) return refuse('unknownValue', { now: before })
    if (strictness <= steps.indexOf(allow)) return refuse('asStrict', { now: shownBefore[before] ?? before })
    const set = (value: string) => ({
      write: { method: 'PATCH' as const, path: authorizationPath, body: { allowInvitesFrom: value } },
      readBack: { read: { path: authorizationPath }, expect: { kind: 'equals' as const, field: 'allowInvitesFrom', value } },
      echo: authorizationEcho('AllowInvitesFrom', value),
    })
    return planOne(
      authorizationPolicy,
      { field: 'guestInvitations', before: shownBefore[before] ?? before, after: shown[allow] },
      { class: 'set', ...set(allow), undo: set(before) },
      { allowInvitesFrom: before },
    )
  },
})
