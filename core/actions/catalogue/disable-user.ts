import { z } from 'zod'
import { defineAction } from '../action.ts'

const answerSchema = z.object({
  id: z.string(),
  displayName: z.string().nullable(),
  userPrincipalName: z.string(),
  accountEnabled: z.boolean().nullable(),
  onPremisesSyncEnabled: z.boolean().nullish(),
})

export const disableUser = defineAction({
  id: 'disable-user',
  title: 'Block a person from signing in',
  proposalTitle: 'Block {name} from signing in',
  why: 'A blocked account cannot sign in anywhere; files, mail and memberships stay as they are.',
  input: z.object({ userId: z.uuid() }).strict(),
  impact: 'normal',
  starts: 'on',
  licence: 'free',
  inputs: [{ name: 'userId', title: 'Person', is: 'user' }],
  touches: ['signIn'],
  writeScopes: ['User.EnableDisableAccount.All', 'User.Read.All'],
  proofScopes: ['User.Read.All', 'AuditLog.Read.All'],
  directoryRole: {
    name: 'Entra SOC Identity Responder',
    templateId: '58f930cc-fcf4-4152-852c-1d7dbf502139',
    actions: ['microsoft.directory/users/disable', 'microsoft.directory/users/enable'],
    because: 'The smallest built-in role that may block and unblock sign-in; custom roles cannot.',
    scope: 'administrativeUnit',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    notFound: 'No account with the object id {id} exists in this tenant.',
    alreadyBlocked: '{name} is already blocked from signing in.',
    isAid: 'This is the Aid’s own account. Disconnect the Aid instead.',
    isRequester: 'This is your own account. Ask another administrator.',
    unreadable: 'Graph answered without the fields that this needs, so nothing was planned.',
    synced: 'This account is synced from Active Directory, which is its master and may undo a change made only in the cloud.',
  },
  preStateFields: ['accountEnabled'],
  auditActivities: ['Disable account', 'Enable account', 'Update user'],
  ifStolen: 'Block and unblock the sign-in of everybody who holds no privileged role, and end their sessions.',
  unconfirmed: null,
  undo: { possible: true, days: 30 },
  reads: ({ userId }) => [{ path: `/users/${userId}?$select=id,displayName,userPrincipalName,accountEnabled,onPremisesSyncEnabled` }],
  plan({ userId }, [answer], { requestedBy, aidId }) {
    if (answer === undefined) return { kind: 'refused', reason: 'notFound', values: { id: userId } }
    const parsed = answerSchema.safeParse(answer)
    if (!parsed.success || parsed.data.accountEnabled === null) return { kind: 'refused', reason: 'unreadable', values: {} }
    const user = parsed.data
    const name = user.displayName ?? user.userPrincipalName
    if (user.id === aidId) return { kind: 'refused', reason: 'isAid', values: {} }
    if (user.id === requestedBy) return { kind: 'refused', reason: 'isRequester', values: {} }
    if (!user.accountEnabled) return { kind: 'refused', reason: 'alreadyBlocked', values: { name } }
    const read = { path: `/users/${user.id}?$select=accountEnabled` }
    const echo = (enabled: boolean) => ({
      activities: [enabled ? 'Enable account' : 'Disable account', 'Update user'],
      targetId: user.id,
      modified: { name: 'AccountEnabled', newValueContains: String(enabled) },
    })
    const write = (enabled: boolean) => ({ method: 'PATCH' as const, path: `/users/${user.id}`, body: { accountEnabled: enabled } })
    const readBack = (enabled: boolean) => ({ read, expect: { kind: 'equals' as const, field: 'accountEnabled', value: enabled } })
    const subject = { type: 'user' as const, id: user.id, name, qualifier: user.userPrincipalName }
    return {
      kind: 'plan',
      subject,
      changes: [{ field: 'signIn', before: 'allowed', after: 'blocked' }],
      steps: [
        {
          class: 'set',
          about: subject,
          write: write(false),
          readBack: readBack(false),
          undo: { write: write(true), readBack: readBack(true), echo: echo(true) },
          echo: echo(false),
        },
      ],
      preState: { accountEnabled: true },
      warnings: user.onPremisesSyncEnabled ? [{ reason: 'synced', values: {} }] : [],
    }
  },
})
