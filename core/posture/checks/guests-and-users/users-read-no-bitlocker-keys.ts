import { defineCheck } from '../../check.ts'
import { aboutTenant, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const usersReadNoBitlockerKeys = defineCheck({
  id: 'users-read-no-bitlocker-keys',
  code: 'US-07',
  area: 'guestsAndUsers',
  severity: 'low',
  title: 'Users cannot read BitLocker keys themselves',
  failTitle: 'Users can read the BitLocker keys of their devices',
  why: 'Whoever takes over an account reads the keys of its devices with it, and the disks are open.',
  reasons: {
    notSaid,
    right: 'Users must ask for a BitLocker key.',
    wrong: 'Users can read the BitLocker keys of their own devices.',
  },
  objectReason: aboutTenant,
  remediation: [
    'Make sure that the helpdesk can read recovery keys.',
    'In Device settings, set Restrict users from recovering the BitLocker key(s) for their owned devices to Yes.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_Devices/DevicesMenuBlade/~/DeviceSettings',
  frameworks: { cis: ['5.1.4.6'], zeroTrust: ['21954'] },

  needs: ['authorizationPolicy'],
  judge: ({ authorizationPolicy }) =>
    judgeSetting(
      'authorizationPolicy',
      stands(authorizationPolicy[0]?.defaultUserRolePermissions.allowedToReadBitlockerKeysForOwnedDevice, false),
    ),
})
