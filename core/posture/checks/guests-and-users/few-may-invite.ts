import { defineCheck, fixWith } from '../../check.ts'
import { aboutTenant, judgeSetting, notSaid } from '../../rules/tenant-setting.ts'

export const fewMayInvite = defineCheck({
  id: 'few-may-invite',
  code: 'GU-02',
  area: 'guestsAndUsers',
  severity: 'medium',
  title: 'Only chosen people invite guests',
  failTitle: 'Too many people can invite guests',
  why: 'Each invitation opens a door. Where everybody may, nobody knows which doors are open.',
  reasons: {
    notSaid,
    right: 'Only administrators and guest inviters, or nobody, can invite.',
    wrong:
      '{who, select, everyone {Everybody can invite, guests included.} adminsGuestInvitersAndAllMembers {Every member can invite.} other {Others than administrators and guest inviters can invite.}}',
  },
  objectReason: aboutTenant,
  remediation: [
    'Give the role Guest Inviter to those who work with partners.',
    'In External collaboration settings, limit Guest invite settings to users assigned to specific admin roles.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/CompanyRelationshipsMenuBlade/~/Settings',
  fix: fixWith('restrict-guest-invitations', ({ type }) => (type === 'tenant' ? { allow: 'adminsAndGuestInviters' } : undefined)),
  frameworks: { scuba: ['MS.AAD.8.2v1'], cis: ['5.1.6.3'], eidsca: ['EIDSCA.AP04'], zeroTrust: ['21791'] },

  needs: ['authorizationPolicy'],
  judge({ authorizationPolicy }) {
    const who = authorizationPolicy[0]?.allowInvitesFrom
    return judgeSetting('authorizationPolicy', who ? ['adminsAndGuestInviters', 'none'].includes(who) : null, { who: who ?? 'none' })
  },
})
