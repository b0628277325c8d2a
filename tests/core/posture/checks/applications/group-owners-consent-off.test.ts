import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { directorySettings } from '../../../../build/tenant-policies.ts'

const id = 'group-owners-consent-off'
const set = (values: Readonly<Record<string, string>>) => ({ groupSettings: [directorySettings('consent', values)] })

describe(id, () => {
  describeSettingCheck({
    id,
    right: set({ EnableGroupSpecificConsent: 'False' }),
    wrong: [
      ['switched on', set({ EnableGroupSpecificConsent: 'True' })],
      ['never changed', { groupSettings: [] }],
    ],
    notSaid: [
      ['no value', set({})],
      ['an empty value', set({ EnableGroupSpecificConsent: '' })],
    ],
  })
})
