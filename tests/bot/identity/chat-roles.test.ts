import { describe, expect, it } from '@jest/globals'
import { makeChatRoles } from '../../../bot/src/identity/chat-roles.ts'
import type { GraphPage, GraphReader } from '../../../bot/src/graph/reader.ts'

const tenant = '11111111-1111-4111-8111-111111111111'
const ada = '44444444-4444-4444-8444-444444444444'

function world() {
  const clock = { now: 1_000_000 }
  const state: {
    assigned: unknown[]
    members: unknown[]
    isRefused: boolean
    asked: string[]
    beforeMembers?: (() => void | Promise<void>) | undefined
  } = {
    assigned: [{ principalId: ada, principalType: 'User', appRoleId: 'r-admin' }],
    members: [],
    isRefused: false,
    asked: [],
  }
  const reader: GraphReader = {
    get: async () => ({ kind: 'signInLost', reason: '' }),
    batch: async () => [],
    async *pages(path): AsyncIterable<GraphPage> {
      state.asked.push(path)
      if (state.isRefused) yield { kind: 'signInLost', reason: 'The Aid must sign in again.' }
      else if (path.includes('appRoleAssignedTo')) yield { kind: 'page', rows: state.assigned }
      else if (path.includes('/members')) {
        await state.beforeMembers?.()
        yield { kind: 'page', rows: state.members }
      } else
        yield {
          kind: 'page',
          rows: [
            {
              id: 'sp',
              appRoles: [
                { id: 'r-admin', value: 'admin' },
                { id: 'r-owner', value: 'owner' },
              ],
            },
          ],
        }
    },
  }
  return {
    clock,
    state,
    chatPrincipal: makeChatRoles({ tenants: [tenant], readAppId: 'app', aidReader: () => reader, now: () => clock.now }),
  }
}

describe('authority in chat', () => {
  it('is what Entra says, read with the Aid’s token', async () => {
    const { chatPrincipal } = world()
    expect(await chatPrincipal(tenant.toUpperCase(), ada.toUpperCase(), 'Ada')).toEqual({
      kind: 'principal',
      principal: { tenantId: tenant, objectId: ada, displayName: 'Ada', roles: ['admin'], door: 'chat' },
    })
  })
  it('is never older than 60 seconds', async () => {
    const { chatPrincipal, clock, state } = world()
    await chatPrincipal(tenant, ada)
    state.assigned = []
    clock.now += 59_999
    expect(await chatPrincipal(tenant, ada)).toMatchObject({ principal: { roles: ['admin'] } })
    clock.now += 1
    expect(await chatPrincipal(tenant, ada)).toMatchObject({ principal: { roles: [] } })
  })
  it('is as old as the question, however long Graph takes for the answer', async () => {
    const { chatPrincipal, clock, state } = world()
    state.assigned = [...state.assigned, { principalId: 'g', principalType: 'Group', appRoleId: 'r-owner' }]
    state.beforeMembers = () => {
      clock.now += 50_000
    }
    expect(await chatPrincipal(tenant, ada)).toMatchObject({ principal: { roles: ['admin'] } })
    state.assigned = []
    clock.now += 10_000
    expect(await chatPrincipal(tenant, ada)).toMatchObject({ principal: { roles: [] } })
  })
  it('of an earlier question does not take the place of a later one’s, whichever is answered first', async () => {
    const { chatPrincipal, clock, state } = world()
    const group = { principalId: 'g', principalType: 'Group', appRoleId: 'r-owner' }
    const asked = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    state.assigned = [...state.assigned, group]
    state.beforeMembers = () => {
      state.beforeMembers = undefined
      asked.resolve()
      return answered.promise
    }
    const early = chatPrincipal(tenant, ada)
    await asked.promise
    clock.now += 1
    state.assigned = []
    expect(await chatPrincipal(tenant, ada)).toMatchObject({ principal: { roles: [] } })
    answered.resolve()
    await early
    expect(await chatPrincipal(tenant, ada)).toMatchObject({ principal: { roles: [] } })
  })
  it('is not remembered when it cannot be read again', async () => {
    const { chatPrincipal, clock, state } = world()
    await chatPrincipal(tenant, ada)
    state.isRefused = true
    clock.now += 60_000
    expect(await chatPrincipal(tenant, ada)).toEqual({ kind: 'notKnown', reason: 'The Aid must sign in again.' })
  })
  it('comes through a group too', async () => {
    const { chatPrincipal, state } = world()
    state.assigned = [{ principalId: 'g', principalType: 'Group', appRoleId: 'r-owner' }]
    expect(await chatPrincipal(tenant, ada)).toMatchObject({ principal: { roles: [] } })
    state.members = [{ id: ada }]
    const other = world()
    other.state.assigned = state.assigned
    other.state.members = state.members
    expect(await other.chatPrincipal(tenant, ada)).toMatchObject({ principal: { roles: ['owner'] } })
  })
  it('is nothing for a tenant that is not served, and nobody is asked', async () => {
    const { chatPrincipal, state } = world()
    expect(await chatPrincipal('22222222-2222-4222-8222-222222222222', ada)).toMatchObject({ kind: 'notKnown' })
    expect(state.asked).toEqual([])
  })
})
