import { defineCheck } from '../../check.ts'
import { aboutTenant, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const globalAdministratorsNotLocal = defineCheck({
  id: 'global-administrators-not-local',
  code: 'DV-03',
  area: 'devicesAndSync',
  severity: 'medium',
  title: 'Global Administrators are not administrators of every device',
  failTitle: 'Global Administrators are administrators of every joined device',
  why: 'A Global Administrator who signs in to a captured laptop leaves a token there that is worth the tenant.',
  reasons: {
    notSaid,
    right: 'They are not.',
    wrong: 'They are.',
  },
  objectReason: aboutTenant,
  remediation: [
    'Give the role Microsoft Entra Joined Device Local Administrator to those who repair devices, or use local administrator passwords.',
    'In Device settings, set Global administrator role is added as local administrator to No.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_Devices/DevicesMenuBlade/~/DeviceSettings',
  frameworks: { cis: ['5.1.4.3'], maester: ['MT.1090'] },

  needs: ['deviceRegistrationPolicy'],
  judge: ({ deviceRegistrationPolicy }) =>
    judgeSetting('deviceRegistrationPolicy', stands(deviceRegistrationPolicy[0]?.azureADJoin.localAdmins.enableGlobalAdmins, false)),
})
