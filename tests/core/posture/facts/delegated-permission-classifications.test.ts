import { describe, expect, it } from '@jest/globals'
import { delegatedPermissionClassifications } from '../../../../core/posture/facts/delegated-permission-classifications.ts'
import { keepsItsShape } from '../../../build/fact-shape.ts'

/** After Microsoft's published answer. */
const answer = {
  id: 'QUjntFaWT0uIKY0hRUlXuQE',
  parentId: 's',
  permissionId: 'b4e74841-8e56-480b-be8b-910348b18b4c',
  permissionName: 'User.ReadWrite',
  classification: 'low',
} as const

describe('delegated-permission-classifications', () => {
  keepsItsShape(
    delegatedPermissionClassifications,
    answer,
    [
      {
        id: 'QUjntFaWT0uIKY0hRUlXuQE',
        parentId: 's',
        permissionId: 'b4e74841-8e56-480b-be8b-910348b18b4c',
        permissionName: 'User.ReadWrite',
        classification: 'low',
      },
    ],
    ['id', 'permissionId', 'permissionName', 'classification'],
  )

  it('is asked of Microsoft Graph and of other rated interfaces only', () => {
    const asked = (appId: string) => delegatedPermissionClassifications.source.each?.when({ id: 's', appId, passwordCredentials: [] })
    expect([asked('00000003-0000-0000-C000-000000000000'), asked('5947fe80-f2f5-4d67-9ae3-0f0ec3ee3bd7')]).toEqual([true, false])
  })
})
