import { defineCheck } from '../../check.ts'
import type { Verdict } from '../../check.ts'
import { aboutTenant, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const usersReadOthers = defineCheck({
  id: 'users-read-others',
  code: 'US-10',
  area: 'guestsAndUsers',
  severity: 'info',
  title: 'Users can read other users',
  failTitle: 'Users cannot read other users',
  why: 'Switching this off breaks Teams, people pickers and applications in ways that are hard to trace. Some do it all the same, to hide the directory.',
  reasons: {
    notSaid,
    right: 'Users can read other users, as Microsoft 365 expects.',
    wrong: 'Users cannot read other users. Applications that look people up may break.',
  },
  objectReason: aboutTenant,
  remediation: ['Ask why it was switched off.', 'Set allowedToReadOtherUsers of the authorization policy to true.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/UserSettings',
  frameworks: { eidsca: ['EIDSCA.AP14'] },

  needs: ['authorizationPolicy'],
  judge({ authorizationPolicy }): Verdict {
    const canRead = authorizationPolicy[0]?.defaultUserRolePermissions.allowedToReadOtherUsers
    const verdict = judgeSetting('authorizationPolicy', stands(canRead, true))
    return verdict.verdict === 'fail' ? { ...verdict, verdict: 'warn' } : verdict
  },
})
