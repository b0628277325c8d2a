import { expect, test } from '@jest/globals'
import { actionArea } from '@countersign/core/actions/action-area.ts'
import { actions, findAction } from '@countersign/core/actions/catalogue.ts'

test.each([
  ['disable-user', 'people'],
  ['revoke-sessions', 'people'],
  ['delete-guest', 'guests'],
  ['disable-stale-guests', 'guests'],
  ['end-eligible-role', 'roles'],
  ['remove-group-member', 'groups'],
  ['remove-delegated-grant', 'applications'],
  ['delete-application', 'applications'],
  ['enforce-policy', 'policies'],
  ['restrict-user-consent', 'settings'],
])('%s is about %s', (id, area) => {
  const action = findAction(id)
  expect(action && actionArea(action)).toBe(area)
})

test('every area has an action', () => {
  expect(new Set(actions.map(actionArea)).size).toBe(7)
})
