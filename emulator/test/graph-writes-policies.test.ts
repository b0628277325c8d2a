import assert from 'node:assert/strict'
import { test } from 'node:test'
import { audits, withAid } from './application-world.ts'
import { contradictions } from './graph-oracle.ts'
import { send, userId } from './graph-world.ts'
import type { Answer } from './graph-world.ts'

test('the authorization policy: nested permissions are merged, unknown values and policies refused', async () => {
  const made = withAid('Privileged Role Administrator')
  const { world, aid: person } = made
  const url = '/policies/authorizationPolicy'
  const before = (await send(world, person, 'GET', url)).json
  const patch = async (body: unknown): Promise<Answer> => send(world, person, 'PATCH', url, { body })
  assert.equal((await patch({ allowInvitesFrom: 'none' })).status, 204)
  assert.equal(
    (
      await patch({
        defaultUserRolePermissions: { permissionGrantPoliciesAssigned: ['ManagePermissionGrantsForSelf.microsoft-user-default-low'] },
      })
    ).status,
    204,
  )
  const after = await send(world, person, 'GET', url)
  assert.deepEqual(contradictions('authorizationPolicy', after.json), [])
  const old = before['defaultUserRolePermissions']
  assert.ok(typeof old === 'object')
  assert.deepEqual(after.json, {
    ...before,
    allowInvitesFrom: 'none',
    defaultUserRolePermissions: { ...old, permissionGrantPoliciesAssigned: ['ManagePermissionGrantsForSelf.microsoft-user-default-low'] },
  })
  const row = (await audits(made))[0]?.row ?? assert.fail('no row')
  assert.deepEqual(
    [row['activityDisplayName'], row['loggedByService'], row['category']],
    ['Update authorization policy', 'Core Directory', 'AuthorizationPolicy'],
  )
  assert.match(JSON.stringify(row), /PermissionGrantPolicyIdsAssignedToDefaultUserRole/)
  for (const wrong of [
    { allowInvitesFrom: 'friends' },
    { guestUserRoleId: '62e90394-69f5-4237-9190-012177145e10' },
    { blockMsolPowerShell: 'yes' },
    { defaultUserRolePermissions: { allowedToFly: true } },
    { defaultUserRolePermissions: { permissionGrantPoliciesAssigned: ['ManagePermissionGrantsForSelf.no-such-policy'] } },
    { colour: 'red' },
  ])
    assert.equal((await patch(wrong)).status, 400, JSON.stringify(wrong))
  assert.equal((await patch({ guestUserRoleId: '2af84b1e-32c8-42b7-82bc-daa82404023b' })).status, 204)
})

test('the consent request policy is replaced whole, by those who are there', async () => {
  const made = withAid('Cloud Application Administrator')
  const { world, aid: person } = made
  const url = '/policies/adminConsentRequestPolicy'
  const reviewers = [{ query: `/users/${userId(world, 'ada@contoso-demo.example')}`, queryType: 'MicrosoftGraph' }]
  const whole = { isEnabled: true, notifyReviewers: true, remindersEnabled: true, requestDurationInDays: 14, reviewers }
  const replace = async (body: unknown): Promise<Answer> => send(world, person, 'PUT', url, { body })
  for (const name of Object.keys(whole)) {
    const answer = await replace({ ...whole, [name]: undefined })
    assert.equal(answer.status, 400, name)
    assert.match(answer.text, new RegExp(`A value is required for property '${name}'`))
  }
  assert.equal((await replace({ ...whole, requestDurationInDays: 90 })).status, 400)
  assert.equal((await replace({ ...whole, reviewers: [] })).status, 400)
  assert.equal((await replace({ ...whole, reviewers: [{ query: '/users/nobody', queryType: 'MicrosoftGraph' }] })).status, 400)
  const before = (await send(world, person, 'GET', url)).json
  const replaced = await replace(whole)
  assert.deepEqual([replaced.status, replaced.text], [204, ''])
  const after = (await send(world, person, 'GET', url)).json
  assert.deepEqual(contradictions('adminConsentRequestPolicy', after), [])
  assert.deepEqual([after['notifyReviewers'], after['requestDurationInDays'], after['version']], [true, 14, Number(before['version']) + 1])
  assert.equal((await audits(made))[0]?.activity, 'Update policy')
  const scoped = { ...person, scopes: ['Policy.ReadWrite.Authorization', 'Policy.Read.All'] }
  assert.equal((await send(world, scoped, 'PUT', url, { body: whole })).status, 403)
})
