import { expect, it } from '@jest/globals'
import { meaningOf } from '../../../../core/posture/rules/permission-meaning.ts'

it.each([
  ['RoleManagement.ReadWrite.Directory', 'Gives any directory role to anybody, Global Administrator included'],
  ['DeviceManagementApps.ReadWrite.All', 'Reads and changes device management apps, all of them'],
  ['Team.Create', 'Creates team'],
  ['User-Phone.ReadWrite.All', 'Reads and changes user phone, all of them'],
  ['user_impersonation', ''],
  ['5b1e0c2f-0000-4000-8000-000000000001', ''],
])('tells what %s does', (permission, meaning) => {
  expect(meaningOf(permission)).toBe(meaning)
})
