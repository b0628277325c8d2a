import { describe, expect, it } from '@jest/globals'
import { outcome } from '../../../../build/judged.ts'
import { describeSettingCheck } from '../../../../build/setting-check.ts'
import { methodsPolicy } from '../../../../build/tenant-policies.ts'

const id = 'methods-migration-complete'

describe(id, () => {
  describeSettingCheck({
    id,
    right: { authenticationMethodsPolicy: [methodsPolicy()] },
    wrong: [
      ['preMigration', { authenticationMethodsPolicy: [methodsPolicy([], { policyMigrationState: 'preMigration' })] }],
      ['migrationInProgress', { authenticationMethodsPolicy: [methodsPolicy([], { policyMigrationState: 'migrationInProgress' })] }],
      ['unknownFutureValue', { authenticationMethodsPolicy: [methodsPolicy([], { policyMigrationState: 'unknownFutureValue' })] }],
    ],
    notSaid: [['left out', { authenticationMethodsPolicy: [methodsPolicy([], { policyMigrationState: 'notSaid' })] }]],
    emptyFact: 'authenticationMethodsPolicy',
  })

  it('passes where there never was an older policy', () => {
    expect(outcome(id, { authenticationMethodsPolicy: [methodsPolicy([], { policyMigrationState: null })] }).verdict).toBe('pass')
  })
})
