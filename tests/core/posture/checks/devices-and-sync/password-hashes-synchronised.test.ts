import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { tenant } from '../../../../build/tenant-policies.ts'

const id = 'password-hashes-synchronised'

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
    wrong: [['passwordSyncEnabled', { onPremisesSynchronization: [features({ passwordSyncEnabled: false })] }]],
    notSaid: [['passwordSyncEnabled null', { onPremisesSynchronization: [features({ passwordSyncEnabled: null })] }]],
    notApplicable: [
      ['never synchronised', { organization: [tenant()] }, 'cloudOnly'],
      ['no longer synchronised', { organization: [tenant({ onPremisesSyncEnabled: false })] }, 'cloudOnly'],
    ],
    emptyFact: 'onPremisesSynchronization',
  })
})
