import { defineCheck } from '../../check.ts'
import type { Verdict } from '../../check.ts'
import { cloudOnly, isSynchronised } from '../../rules/synchronisation.ts'
import { aboutTenant, all, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const accountTakeoverByMatchBlocked = defineCheck({
  id: 'account-takeover-by-match-blocked',
  code: 'HY-02',
  area: 'devicesAndSync',
  severity: 'high',
  title: 'Synchronisation cannot take over cloud accounts',
  failTitle: 'Synchronisation can take over cloud accounts',
  why: 'Whoever controls Active Directory can make an account there that matches a cloud administrator, and becomes that administrator.',
  reasons: {
    notSaid,
    right: 'Soft match and takeover by hard match are blocked.',
    wrong: '{soft, select, true {Takeover by hard match is not blocked.} other {Soft match is not blocked.}}',
    cloudOnly,
  },
  objectReason: aboutTenant,
  remediation: [
    'Make sure that no match is planned, such as a merger of directories.',
    'Set blockSoftMatchEnabled and blockCloudObjectTakeoverThroughHardMatchEnabled of the synchronisation to true.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_Connect_Provisioning/AADConnectMenuBlade/~/ConnectSync',
  frameworks: {},

  needs: ['organization', 'onPremisesSynchronization'],
  judge({ organization, onPremisesSynchronization }): Verdict {
    if (!isSynchronised(organization)) return { verdict: 'notApplicable', reason: 'cloudOnly', values: {} }
    const features = onPremisesSynchronization[0]?.features
    const soft = stands(features?.blockSoftMatchEnabled, true)
    const hard = stands(features?.blockCloudObjectTakeoverThroughHardMatchEnabled, true)
    return judgeSetting('onPremisesSynchronization', all(soft, hard), { soft: String(soft ?? true) })
  },
})
