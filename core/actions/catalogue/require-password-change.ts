import { z } from 'zod'
import { defineAction } from '../action.ts'
import { account, accountReasons, accountSubject, isFromElsewhere, isRequester, readAccount, refuseOwn } from '../plans/account.ts'
import { parseAnswer, planOne, refuse } from '../plans/planning.ts'

const answerSchema = account.extend({
  onPremisesSyncEnabled: z.boolean().nullish(),
  // Null where nobody has ever set anything of it.
  passwordProfile: z.object({ forceChangePasswordNextSignIn: z.boolean() }).nullable(),
})
const activities = ['Set force change user password', 'Update PasswordProfile', 'Update user']

export const requirePasswordChange = defineAction({
  id: 'require-password-change',
  title: 'Have a person choose a new password',
  proposalTitle: 'Have {name} choose a new password at the next sign-in',
  why: 'A password that others may know stops being of use once its owner has chosen another one.',
  input: z.object({ userId: z.uuid() }).strict(),
  impact: 'normal',
  starts: 'off',
  licence: 'free',
  inputs: [{ name: 'userId', title: 'Person', is: 'user' }],
  touches: ['signIn'],
  writeScopes: ['User-PasswordProfile.ReadWrite.All'],
  proofScopes: ['User.Read.All', 'AuditLog.Read.All'],
  directoryRole: {
    name: 'Password Administrator',
    templateId: '966707d0-3269-4727-9be2-8c3a10f19b9d',
    actions: ['microsoft.directory/users/password/update'],
    because:
      'The smallest built-in role that may touch passwords, those of people without an administrator role only; custom roles cannot.',
    scope: 'administrativeUnit',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    ...accountReasons,
    isRequester,
    alreadyRequired: '{name} has to choose a new password already.',
    fromElsewhere: '{name} signs in with an account of another organisation, whose password is not kept here.',
    synced: 'The password of {name} comes from Active Directory. Have it changed there.',
  },
  preStateFields: ['passwordProfile/forceChangePasswordNextSignIn'],
  auditActivities: activities,
  ifStolen: 'Set new passwords for everybody without an administrator role, and sign in as those of them who need no second factor.',
  unconfirmed:
    'Which of the three names the audit row carries when this flag alone changes, and whether Graph gives the flag back as it was set.',
  undo: { possible: true, days: 7 },
  reads: ({ userId }) => [readAccount(userId, 'onPremisesSyncEnabled', 'passwordProfile')],
  plan({ userId }, [answer], context) {
    const read = parseAnswer(answerSchema, answer, userId)
    if (read.kind === 'refused') return read
    const { onPremisesSyncEnabled, passwordProfile, ...user } = read.row
    const subject = accountSubject(user)
    const own = refuseOwn(user, context)
    if (own) return own
    if (isFromElsewhere(user)) return refuse('fromElsewhere', { name: subject.name })
    if (onPremisesSyncEnabled) return refuse('synced', { name: subject.name })
    if (passwordProfile?.forceChangePasswordNextSignIn) return refuse('alreadyRequired', { name: subject.name })
    const path = `/users/${user.id}`
    const turn = (value: boolean) => ({
      write: { method: 'PATCH' as const, path, body: { passwordProfile: { forceChangePasswordNextSignIn: value } } },
      readBack: {
        read: { path: `${path}?$select=passwordProfile` },
        expect: { kind: 'equals' as const, field: 'passwordProfile/forceChangePasswordNextSignIn', value },
      },
      echo: { activities, targetId: user.id },
    })
    return planOne(
      subject,
      { field: 'password', before: 'kept', after: 'to be changed at the next sign-in' },
      { class: 'set', ...turn(true), undo: turn(false) },
      { passwordProfile },
    )
  },
})
