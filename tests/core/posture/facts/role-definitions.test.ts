import { roleDefinitions } from '../../../../core/posture/facts/role-definitions.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = {
  id: 'd',
  templateId: 't',
  displayName: 'Name',
  isBuiltIn: false,
  isEnabled: true,
  rolePermissions: [{ allowedResourceActions: ['microsoft.directory/applications/credentials/update'] }],
}

describeFact('role-definitions', roleDefinitions, {
  answer: { ...row, rolePermissions: [{ ...row.rolePermissions[0], condition: null }], description: 'x' },
  row,
  needed: ['id', 'isBuiltIn', 'isEnabled', 'rolePermissions'],
  nullable: ['templateId'],
  optional: ['displayName'],
})

describeFact("role-definitions of Microsoft's", roleDefinitions, {
  answer: { ...row, isBuiltIn: true },
  row: { ...row, isBuiltIn: true, rolePermissions: [] },
  needed: ['id'],
})
