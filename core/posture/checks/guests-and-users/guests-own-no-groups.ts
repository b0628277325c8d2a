import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { unifiedGroupSetting } from '../../rules/group-settings.ts'

export const guestsOwnNoGroups = defineCheck({
  id: 'guests-own-no-groups',
  code: 'US-11',
  area: 'guestsAndUsers',
  severity: 'low',

  title: 'Guests own no Microsoft 365 groups',
  failTitle: 'Guests may own Microsoft 365 groups',
  why: 'The owner of a group decides who gets in. A guest as owner lets people in whom nobody here knows.',
  reasons: {
    off: 'Guests may not be owners of Microsoft 365 groups.',
    on: 'The settings of the tenant do not keep guests from owning Microsoft 365 groups.',
    defaults: 'The tenant has no settings for groups, and by default guests may not be owners.',
  },
  objectReason: 'The setting is not off.',
  remediation: [
    'Set AllowGuestsToBeGroupOwner to false in the settings of Microsoft 365 groups.',
    'Look for groups that a guest owns and give them another owner.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/GroupsManagementMenuBlade/~/General',

  frameworks: { eidsca: ['EIDSCA.ST08'], attack: ['T1098'] },

  needs: ['groupSettings'],
  judge({ groupSettings }) {
    const setting = unifiedGroupSetting(groupSettings, 'AllowGuestsToBeGroupOwner')
    const basis = [factKey('groupSettings', setting.kind === 'own' ? setting.id : '')]
    if (setting.kind === 'own' && setting.value === 'false') return { verdict: 'pass', reason: 'off', values: {}, basis }
    if (setting.kind === 'defaults') return { verdict: 'pass', reason: 'defaults', values: {}, basis }
    return { verdict: 'fail', reason: 'on', values: {}, objects: [], basis }
  },
})
