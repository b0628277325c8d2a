import { describe } from '@jest/globals'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { directorySettings } from '../../../../build/tenant-policies.ts'

const id = 'banned-words-listed'

describe(id, () => {
  describeSettingCheck({
    id,
    right: {
      groupSettings: [directorySettings('passwords', { EnableBannedPasswordCheck: 'True', BannedPasswordList: 'contoso\tzurich' })],
    },
    wrong: [
      [
        'switched off',
        { groupSettings: [directorySettings('passwords', { EnableBannedPasswordCheck: 'False', BannedPasswordList: 'contoso' })] },
      ],
      ['an empty list', { groupSettings: [directorySettings('passwords', { EnableBannedPasswordCheck: 'True', BannedPasswordList: '' })] }],
      ['never changed', { groupSettings: [] }],
    ],
    notSaid: [
      ['no list', { groupSettings: [directorySettings('passwords', { EnableBannedPasswordCheck: 'True' })] }],
      [
        'no sensible switch',
        { groupSettings: [directorySettings('passwords', { EnableBannedPasswordCheck: 'maybe', BannedPasswordList: 'contoso' })] },
      ],
    ],
    licence: 'p1',
  })
})
