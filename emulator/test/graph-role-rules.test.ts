import assert from 'node:assert/strict'
import { test } from 'node:test'
import { roleIdByName } from '../tenants/reference.ts'
import { callerOf, readScopes, send, worldAt } from './graph-world.ts'
import type { Answer } from './graph-world.ts'

const { world, tenant } = worldAt()
const ada = callerOf(world, 'ada@contoso-demo.example', readScopes)
const groups = [...(tenant.collections.get('groups')?.values() ?? [])]
const onCall = groups.find((group) => group['displayName'] === 'Exchange on call')?.id ?? assert.fail('There is no such group.')
const roleRules = "/policies/roleManagementPolicyAssignments?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'"
const groupRules = `/policies/roleManagementPolicyAssignments?$filter=scopeId eq '${onCall}' and scopeType eq 'Group'`

test('rules of a role come with the policy only where they are expanded in it', async () => {
  const bare = await send(world, ada, 'GET', `${roleRules}&$expand=policy`)
  const full = await send(world, ada, 'GET', `${roleRules}&$expand=policy($expand=rules)`)
  const policyOf = (answer: Answer): Record<string, unknown> => {
    const row = answer.value.find((candidate) => candidate['roleDefinitionId'] === roleIdByName('Global Administrator'))
    const policy = row?.['policy']
    return typeof policy === 'object' && policy !== null ? { ...policy } : {}
  }
  assert.equal(policyOf(bare)['rules'], undefined)
  const { rules } = policyOf(full)
  assert.ok(Array.isArray(rules))
  assert.equal(rules.length, 17)
  assert.equal(new Set(rules.map((rule: { id: string }) => rule.id)).size, 17)
  assert.equal((await send(world, ada, 'GET', `${roleRules}&$expand=policy($expand=owners)`)).status, 400)
})

test('rules of roles and of groups open to the permissions of their own kind alone, and each group has rules for two ways in', async () => {
  const status = async (scope: string, path: string): Promise<number> =>
    (await send(world, { ...ada, scopes: [scope] }, 'GET', path)).status
  assert.equal(await status('RoleManagementPolicy.Read.AzureADGroup', roleRules), 403)
  for (const scope of ['RoleManagementPolicy.Read.Directory', 'RoleManagement.Read.Directory'])
    assert.equal(await status(scope, groupRules), 403, scope)
  const disguised = `${roleRules} and id ne 'x' or scopeType eq 'Group'`
  assert.notEqual(await status('RoleManagementPolicy.Read.AzureADGroup', disguised), 200)
  const answer = await send(world, ada, 'GET', `${groupRules}&$expand=policy($expand=rules)`)
  assert.deepEqual(answer.value.map((row) => row['roleDefinitionId']).sort(), ['member', 'owner'])
  for (const row of answer.value) assert.match(String(row['id']), new RegExp(`^Group_${onCall}_.+_${String(row['roleDefinitionId'])}$`))
  const one = `/policies/roleManagementPolicyAssignments/${answer.value[0]?.id}`
  assert.equal(await status('RoleManagementPolicy.Read.AzureADGroup', one), 200)
  assert.equal(await status('RoleManagementPolicy.Read.Directory', one), 403)
  const other = "/policies/roleManagementPolicyAssignments?$filter=scopeId eq 'nobody' and scopeType eq 'Group'"
  assert.deepEqual((await send(world, ada, 'GET', other)).value, [])
})
