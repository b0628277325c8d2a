import { defineCheck } from '../../check.ts'
import { isLimitedMembership } from '../../rules/device-registration.ts'
import { aboutTenant, judgeSetting, notSaid } from '../../rules/tenant-setting.ts'

export const joiningPersonNotLocalAdministrator = defineCheck({
  id: 'joining-person-not-local-administrator',
  code: 'DV-04',
  area: 'devicesAndSync',
  severity: 'medium',
  title: 'Who joins a device does not become its administrator',
  failTitle: 'Who joins a device becomes its administrator',
  why: 'An administrator of their own device can switch off its protection, and so can whatever they click on.',
  reasons: {
    notSaid,
    right: 'Only chosen people, or nobody, become administrators of the device that they join.',
    wrong: 'Everybody becomes an administrator of the device that they join.',
  },
  objectReason: aboutTenant,
  remediation: [
    'In Device settings, set Registering user is added as local administrator to None or Selected.',
    'Help those who need it with local administrator passwords or Endpoint Privilege Management.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_Devices/DevicesMenuBlade/~/DeviceSettings',
  frameworks: { cis: ['5.1.4.4'], maester: ['MT.1091'], zeroTrust: ['21955'] },

  needs: ['deviceRegistrationPolicy'],
  judge: ({ deviceRegistrationPolicy }) =>
    judgeSetting('deviceRegistrationPolicy', isLimitedMembership(deviceRegistrationPolicy[0]?.azureADJoin.localAdmins.registeringUsers)),
})
