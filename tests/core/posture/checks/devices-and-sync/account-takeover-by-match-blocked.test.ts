import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { tenant } from '../../../../build/tenant-policies.ts'

const id = 'account-takeover-by-match-blocked'

const synced = tenant({ onPremisesSyncEnabled: true })
function features(change: object = {}) {
  return {
    id: 's',
    features: { passwordSyncEnabled: true, blockSoftMatchEnabled: true, blockCloudObjectTakeoverThroughHardMatchEnabled: true, ...change },
  }
}

describe(id, () => {
  describeSettingCheck({
    id,
    right: { organization: [synced], onPremisesSynchronization: [features()] },
    wrong: [
      ['blockSoftMatchEnabled', { onPremisesSynchronization: [features({ blockSoftMatchEnabled: false })] }],
      [
        'blockCloudObjectTakeoverThroughHardMatchEnabled',
        { onPremisesSynchronization: [features({ blockCloudObjectTakeoverThroughHardMatchEnabled: false })] },
      ],
    ],
    notSaid: [
      ['blockSoftMatchEnabled null', { onPremisesSynchronization: [features({ blockSoftMatchEnabled: null })] }],
      [
        'blockCloudObjectTakeoverThroughHardMatchEnabled null',
        { onPremisesSynchronization: [features({ blockCloudObjectTakeoverThroughHardMatchEnabled: null })] },
      ],
    ],
    notApplicable: [
      ['never synchronised', { organization: [tenant()] }, 'cloudOnly'],
      ['no longer synchronised', { organization: [tenant({ onPremisesSyncEnabled: false })] }, 'cloudOnly'],
    ],
    emptyFact: 'onPremisesSynchronization',
  })
})
