import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { directorySettings, tenant } from '../../../../build/tenant-policies.ts'

const id = 'on-premises-passwords-checked'

describe(id, () => {
  describeSettingCheck({
    id,
    right: {
      groupSettings: [
        directorySettings('passwords', { EnableBannedPasswordCheckOnPremises: 'true', BannedPasswordCheckOnPremisesMode: 'Enforce' }),
      ],
      organization: [tenant({ onPremisesSyncEnabled: true })],
    },
    wrong: [
      [
        'switched off',
        {
          groupSettings: [
            directorySettings('passwords', { EnableBannedPasswordCheckOnPremises: 'false', BannedPasswordCheckOnPremisesMode: 'Enforce' }),
          ],
        },
      ],
      [
        'noted only',
        {
          groupSettings: [
            directorySettings('passwords', { EnableBannedPasswordCheckOnPremises: 'true', BannedPasswordCheckOnPremisesMode: 'Audit' }),
          ],
        },
      ],
      ['never changed', { groupSettings: [] }],
    ],
    notSaid: [['no mode', { groupSettings: [directorySettings('passwords', { EnableBannedPasswordCheckOnPremises: 'true' })] }]],
    notApplicable: [['a cloud-only tenant', { organization: [tenant()] }, 'cloudOnly']],
    licence: 'p1',
  })
})
