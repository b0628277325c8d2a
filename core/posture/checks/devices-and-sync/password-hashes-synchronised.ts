import { defineCheck } from '../../check.ts'
import type { Verdict } from '../../check.ts'
import { cloudOnly, isSynchronised } from '../../rules/synchronisation.ts'
import { aboutTenant, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const passwordHashesSynchronised = defineCheck({
  id: 'password-hashes-synchronised',
  code: 'HY-01',
  area: 'devicesAndSync',
  severity: 'medium',
  title: 'Password hashes are synchronised',
  failTitle: 'Password hashes are not synchronised',
  why: 'With the hashes, Microsoft finds leaked passwords of your people, and sign-in works while the servers on premises do not.',
  reasons: {
    notSaid,
    right: 'Password hashes are synchronised.',
    wrong: 'Password hashes are not synchronised.',
    cloudOnly,
  },
  objectReason: aboutTenant,
  remediation: [
    'In Microsoft Entra Connect, switch on password hash synchronisation, beside whatever signs people in today.',
    'Watch the report on leaked credentials.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_Connect_Provisioning/AADConnectMenuBlade/~/ConnectSync',
  frameworks: { cis: ['5.1.8.1'] },

  needs: ['organization', 'onPremisesSynchronization'],
  judge({ organization, onPremisesSynchronization }): Verdict {
    if (!isSynchronised(organization)) return { verdict: 'notApplicable', reason: 'cloudOnly', values: {} }
    return judgeSetting('onPremisesSynchronization', stands(onPremisesSynchronization[0]?.features.passwordSyncEnabled, true))
  },
})
