import { defineCheck } from '../../check.ts'
import { aboutTenant, judgeSetting, notSaid } from '../../rules/tenant-setting.ts'

export const deviceQuotaLow = defineCheck({
  id: 'device-quota-low',
  code: 'DV-02',
  area: 'devicesAndSync',
  severity: 'low',
  title: 'A person joins few devices',
  failTitle: 'A person may join too many devices',
  why: 'A quota stops one account from filling the directory with devices.',
  reasons: {
    notSaid,
    right: 'A person may join {quota} devices at most.',
    wrong: 'A person may join {quota, plural, =0 {any number of devices} other {# devices}}; at most {most} is enough.',
  },
  objectReason: aboutTenant,
  remediation: ['In Device settings, set Maximum number of devices per user to a low number.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_Devices/DevicesMenuBlade/~/DeviceSettings',
  frameworks: { cis: ['5.1.4.2'], zeroTrust: ['21837'] },

  needs: ['deviceRegistrationPolicy'],
  judge({ deviceRegistrationPolicy }, { parameters }) {
    const quota = deviceRegistrationPolicy[0]?.userDeviceQuota
    const most = parameters.deviceQuota
    // Zero or less is no limit.
    const isLow = quota === undefined ? null : quota > 0 && quota <= most
    return judgeSetting('deviceRegistrationPolicy', isLow, { quota: Math.max(quota ?? 0, 0), most })
  },
})
