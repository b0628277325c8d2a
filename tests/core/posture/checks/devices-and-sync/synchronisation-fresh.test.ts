import { describe } from '@jest/globals'
import { inDays } from '../../../../build/facts.ts'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { tenant } from '../../../../build/tenant-policies.ts'

const id = 'synchronisation-fresh'

const synced = (onPremisesLastSyncDateTime: string | null) => tenant({ onPremisesSyncEnabled: true, onPremisesLastSyncDateTime })

describe(id, () => {
  describeSettingCheck({
    id,
    right: { organization: [synced(inDays(-3 / 24))] },
    wrong: [],
    warn: [
      ['more than three hours', { organization: [synced(inDays(-3.1 / 24))] }, 'stale'],
      ['never', { organization: [synced(null)] }, 'never'],
    ],
    notApplicable: [['cloud-only', { organization: [tenant()] }, 'cloudOnly']],
  })
})
