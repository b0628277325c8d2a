import { defineCheck } from '../../check.ts'
import type { Verdict } from '../../check.ts'
import { directorySetting, directorySwitch, passwordRules } from '../../rules/directory-settings.ts'
import { cloudOnly, isSynchronised } from '../../rules/synchronisation.ts'
import { aboutTenant, all, judgeSetting, notSaid } from '../../rules/tenant-setting.ts'

export const onPremisesPasswordsChecked = defineCheck({
  id: 'on-premises-passwords-checked',
  code: 'PW-03',
  area: 'authentication',
  severity: 'medium',
  title: 'Banned passwords are refused in Active Directory too',
  failTitle: 'Banned passwords are not refused in Active Directory',
  why: 'A password that is weak on premises is weak in the cloud, because it is the same one.',
  reasons: {
    notSaid,
    right: 'Active Directory refuses banned passwords.',
    wrong: 'Active Directory does not refuse banned passwords{mode, select, audit {: it only notes them} other {}}.',
    cloudOnly,
  },
  objectReason: aboutTenant,
  remediation: [
    'Install the agents of Microsoft Entra Password Protection on the domain controllers.',
    'Run them in audit mode for some weeks, then set the mode to Enforced.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/PasswordProtection',
  frameworks: { cis: ['5.2.3.3'], eidsca: ['EIDSCA.PR01', 'EIDSCA.PR02'], zeroTrust: ['21847'] },
  licence: 'p1',

  needs: ['groupSettings', 'organization'],
  judge({ groupSettings, organization }): Verdict {
    if (!isSynchronised(organization)) return { verdict: 'notApplicable', reason: 'cloudOnly', values: {} }
    const isOn = directorySwitch(groupSettings, passwordRules, 'EnableBannedPasswordCheckOnPremises', false)
    const mode = directorySetting(groupSettings, passwordRules, 'BannedPasswordCheckOnPremisesMode')
    const isEnforced = mode === null ? null : /^enforced?$/i.test(mode)
    const values = { mode: mode !== null && /^audit$/i.test(mode) ? 'audit' : 'other' }
    return judgeSetting('groupSettings', all(isOn, isEnforced), values)
  },
})
