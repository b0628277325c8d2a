import { defineCheck } from '../../check.ts'
import { aboutTenant, all, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const emailSignUpOff = defineCheck({
  id: 'email-sign-up-off',
  code: 'US-08',
  area: 'guestsAndUsers',
  severity: 'low',
  title: 'Nobody joins by an e-mail address alone',
  failTitle: 'People can join or sign up for subscriptions by an e-mail address alone',
  why: 'An account that makes itself from a mailbox has no owner, and nobody asked for it.',
  reasons: {
    notSaid,
    right: 'Neither joining nor signing up works by e-mail alone.',
    wrong:
      '{join, select, true {People can join the tenant by proving an e-mail address.} other {People can sign up for subscriptions by e-mail.}}',
  },
  objectReason: aboutTenant,
  remediation: [
    'Find the accounts that made themselves (creation type EmailVerified), and decide about each.',
    'Set allowEmailVerifiedUsersToJoinOrganization and allowedToSignUpEmailBasedSubscriptions of the authorization policy to false.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/UserSettings',
  frameworks: { eidsca: ['EIDSCA.AP05', 'EIDSCA.AP06'] },

  needs: ['authorizationPolicy'],
  judge({ authorizationPolicy }) {
    const [policy] = authorizationPolicy
    const { allowEmailVerifiedUsersToJoinOrganization: join, allowedToSignUpEmailBasedSubscriptions: signUp } = policy ?? {}
    return judgeSetting('authorizationPolicy', all(stands(join, false), stands(signUp, false)), { join: String(join ?? false) })
  },
})
