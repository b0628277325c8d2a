import { describe, expect, it } from '@jest/globals'
import { isRatedResource, permissionById, permissionByValue } from '../../../core/data/permission-risks.ts'

const graph = '00000003-0000-0000-c000-000000000000'

describe('ratings of permissions', () => {
  it('know the permissions by id and by value, in either case', () => {
    const rated = { value: 'RoleManagement.ReadWrite.Directory', tier: 'control', risk: 'critical' }
    expect(permissionById(graph.toUpperCase(), 'application', '9E3F62CF-CA93-4989-B6CE-BF83C28F9FE8')).toEqual(rated)
    expect(permissionByValue(graph, 'application', 'rolemanagement.readwrite.directory')).toEqual(rated)
    expect(permissionByValue(graph, 'delegated', 'User.Read')).toMatchObject({ tier: 'user' })
  })

  it('tell kinds and resources apart', () => {
    const exchange = '00000002-0000-0ff1-ce00-000000000000'
    expect(permissionByValue(exchange, 'application', 'full_access_as_app')).toMatchObject({ risk: 'critical' })
    expect(permissionByValue(graph, 'application', 'full_access_as_app')).toBeUndefined()
    expect(permissionById(graph, 'delegated', '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8')).toBeUndefined()
    expect([isRatedResource(exchange), isRatedResource('5947fe80-f2f5-4d67-9ae3-0f0ec3ee3bd7')]).toEqual([true, false])
  })
})
