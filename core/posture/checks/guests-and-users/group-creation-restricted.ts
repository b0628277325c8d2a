import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { unifiedGroupSetting } from '../../rules/group-settings.ts'

export const groupCreationRestricted = defineCheck({
  id: 'group-creation-restricted',
  code: 'US-06',
  area: 'guestsAndUsers',
  severity: 'low',
  licence: 'p1',

  title: 'Not everybody may make Microsoft 365 groups',
  failTitle: 'Everybody may make Microsoft 365 groups',
  why: 'Each group comes with a site, a mailbox and perhaps a team, which nobody administers unless somebody planned it.',
  reasons: {
    off: 'Only people who were chosen for it may make Microsoft 365 groups.',
    on: 'The settings of the tenant do not keep people from making Microsoft 365 groups.',
    defaults: 'The tenant has no settings for groups, and by default everybody may make Microsoft 365 groups.',
  },
  objectReason: 'The setting is not off.',
  remediation: ['Set EnableGroupCreation to false in the settings of Microsoft 365 groups.', 'Name a group whose members may make groups.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/GroupsManagementMenuBlade/~/General',

  frameworks: { cis: ['5.1.3.4'], maester: ['MT.1055'], attack: ['T1136.003'] },

  needs: ['groupSettings'],
  judge({ groupSettings }) {
    const setting = unifiedGroupSetting(groupSettings, 'EnableGroupCreation')
    const basis = [factKey('groupSettings', setting.kind === 'own' ? setting.id : '')]
    if (setting.kind === 'own' && setting.value === 'false') return { verdict: 'pass', reason: 'off', values: {}, basis }
    return { verdict: 'fail', reason: setting.kind === 'defaults' ? 'defaults' : 'on', values: {}, objects: [], basis }
  },
})
