import { defineCheck } from '../../check.ts'
import { isLimitedMembership } from '../../rules/device-registration.ts'
import { aboutTenant, judgeSetting, notSaid } from '../../rules/tenant-setting.ts'

export const deviceJoinRestricted = defineCheck({
  id: 'device-join-restricted',
  code: 'DV-01',
  area: 'devicesAndSync',
  severity: 'medium',
  title: 'Only chosen people join devices',
  failTitle: 'Everybody can join devices',
  why: "A joined device counts as the company's. An attacker with a password joins their own, and looks like a colleague from then on.",
  reasons: {
    notSaid,
    right: 'Only chosen people, or nobody, can join devices.',
    wrong: 'Everybody can join devices.',
  },
  objectReason: aboutTenant,
  remediation: [
    'Put those who set up devices into a group.',
    'In Device settings, set Users may join devices to Microsoft Entra to Selected, and name the group.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_Devices/DevicesMenuBlade/~/DeviceSettings',
  frameworks: { cis: ['5.1.4.1'], maester: ['MT.1070'] },

  needs: ['deviceRegistrationPolicy'],
  judge: ({ deviceRegistrationPolicy }) =>
    judgeSetting('deviceRegistrationPolicy', isLimitedMembership(deviceRegistrationPolicy[0]?.azureADJoin.allowedToJoin)),
})
