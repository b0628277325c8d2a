import { defineCheck } from '../../check.ts'
import { sameId } from '../../rows/graph-values.ts'
import { aboutTenant, judgeSetting, notSaid } from '../../rules/tenant-setting.ts'

export const guestAccessLimited = defineCheck({
  id: 'guest-access-limited',
  code: 'GU-01',
  area: 'guestsAndUsers',
  severity: 'medium',
  title: 'Guests see little of the directory',
  failTitle: 'Guests see more of the directory than they need',
  why: 'A guest with the rights of a member can list everybody and every group, and hand the list on.',
  reasons: {
    notSaid,
    right: 'Guests are limited to what concerns them.',
    wrong: 'Guests have the rights of members, or more than the chosen framework allows.',
  },
  objectReason: aboutTenant,
  remediation: [
    'In External collaboration settings, choose for Guest user access: Guest user access is restricted to properties and memberships of their own directory objects.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/CompanyRelationshipsMenuBlade/~/Settings',
  frameworks: { scuba: ['MS.AAD.8.1v1'], cis: ['5.1.6.2'], eidsca: ['EIDSCA.AP07'], zeroTrust: ['21792'], attack: ['T1087.004'] },

  needs: ['authorizationPolicy'],
  judge({ authorizationPolicy }, { parameters }) {
    const role = authorizationPolicy[0]?.guestUserRoleId
    return judgeSetting('authorizationPolicy', role ? parameters.guestRoleIds.some((id) => sameId(id, role)) : null)
  },
})
