import { defineCheck } from '../../check.ts'
import { aboutTenant, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const localAdministratorPasswordsManaged = defineCheck({
  id: 'local-administrator-passwords-managed',
  code: 'DV-05',
  area: 'devicesAndSync',
  severity: 'medium',
  title: 'Local administrator passwords are managed',
  failTitle: 'Local administrator passwords are not managed',
  why: 'One local password on all devices opens them all, one after another.',
  reasons: {
    notSaid,
    right: 'Windows LAPS may keep a password for each device in the directory.',
    wrong: 'Windows LAPS is switched off.',
  },
  objectReason: aboutTenant,
  remediation: [
    'In Device settings, set Enable Microsoft Entra Local Administrator Password Solution (LAPS) to Yes.',
    'Give devices a LAPS policy in Intune.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_Devices/DevicesMenuBlade/~/DeviceSettings',
  frameworks: { cis: ['5.1.4.5'], zeroTrust: ['21953'] },

  needs: ['deviceRegistrationPolicy'],
  judge: ({ deviceRegistrationPolicy }) =>
    judgeSetting('deviceRegistrationPolicy', stands(deviceRegistrationPolicy[0]?.localAdminPassword.isEnabled, true)),
})
