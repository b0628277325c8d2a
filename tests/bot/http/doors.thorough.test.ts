import { describe, expect, it } from '@jest/globals'
import { routes } from '../../../core/api/routes.ts'
import type { Route } from '../../../core/api/route.ts'
import { doors, permission, roles } from '../../../core/principal.ts'
import type { Identity } from '../../../bot/src/identity/identity.ts'
import { countingHandlers, identityOf, pathOf, serverWith } from './serving.ts'

describe('who reaches what', () => {
  it('agrees with the tables for every door, every role and every route', async () => {
    let looked = 0
    // One server for all of them: who asks is the only thing that differs.
    let asking = identityOf('tab', [])
    const identity: Identity = new Proxy(Object(null), { get: (_target, name) => Reflect.get(asking, name) })
    const reached: string[] = []
    const app = await serverWith({ identity, handlers: countingHandlers(reached) })
    for (const door of doors) {
      for (const role of [...roles, undefined]) {
        const held = role ? [role] : []
        asking = identityOf(door, held)
        for (const route of routes as readonly Route[]) {
          reached.length = 0
          const response = await app.ask({
            method: route.method,
            url: pathOf(route),
            headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
            ...(route.method === 'GET' ? {} : { payload: '{}' }),
          })
          const isOpen =
            route.capability === 'public' ||
            (route.capability === 'signedIn'
              ? door !== 'view'
              : permission({ tenantId: 't', objectId: 'o', displayName: '', roles: held, door }, route.capability).may &&
                (door !== 'view' || route.path.startsWith('/api/view/')))
          // A route whose empty body is not understood was let in all the same.
          expect([door, role, route.id, response.statusCode !== 403]).toEqual([door, role, route.id, isOpen])
          if (!isOpen) expect(reached).toEqual([])
          looked += 1
        }
      }
    }
    expect(looked).toBe(doors.length * (roles.length + 1) * routes.length)
  })
})
