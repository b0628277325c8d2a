// No path, query, header or body takes a tenant: the tenant is the one of the verified token, and of nothing else.
import { beforeAll, describe, expect, it } from '@jest/globals'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { actions } from '../../../core/actions/catalogue.ts'
import { overviewSchema } from '../../../core/api/posture.ts'
import { receiptSchema } from '../../../core/api/proposals.ts'
import { makePerson } from '../../../tools/stack/person.ts'
import type { ApiAnswer } from '../../bot/service.ts'
import { digestTables, untilNothingIsDue } from '../inside.ts'
import { allRoutes, callRoute, guardedRoutes, pathOf, type Walls } from '../stack.ts'
import type { TwoTenants } from '../two-tenants.ts'
import { twoTenants } from '../shared-walls.ts'

let both: TwoTenants
let walls: Walls
beforeAll(() => {
  both = twoTenants()
  ;({ walls } = both)
})

/** Names under which an interface could take a tenant. */
const tenantLike = /tenant|^tid$|directory_?id|organi[sz]ation|customer|realm|domain/i
const spellings = ['tenantId', 'tenant_id', 'tenant', 'tid', 'TENANTID', 'organizationId', 'customerId', 'app.tenant_id'] as const
/** Each route takes two of them every day, in turn, so that every route and every spelling has its turn; in the drill it takes all. */
const spellingsEach = process.env['DRILL'] === '1' ? spellings.length : 2
const headerNames = ['x-tenant-id', 'x-ms-tenant-id', 'tenant', 'x-anchormailbox', 'x-ms-client-tenant-id', 'x-forwarded-host'] as const

/**
 * The answers to these requests, between two equal answers to the plain one. What still moves in the tenant by itself (a message of an alert on its
 * way) changes answers too: then all are asked again.
 */
async function besideThePlain(
  ask: (options: RequestOptions) => Promise<unknown>,
  variants: readonly RequestOptions[],
): Promise<{ readonly plain: unknown; readonly answers: readonly unknown[] }> {
  for (let before = await ask({}); ;) {
    const answers: unknown[] = []
    for (const variant of variants) answers.push(await ask(variant))
    const plain = await ask({})
    if (isDeepStrictEqual(before, plain)) return { plain, answers }
    before = plain
  }
}
type RequestOptions = NonNullable<Parameters<typeof callRoute>[2]>

describe('no path, query or body takes a tenant', () => {
  it('the interface description names none, anywhere in what can be sent', async () => {
    const document = z
      .object({
        paths: z.record(
          z.string(),
          z.record(
            z.string(),
            z.looseObject({
              parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).default([]),
              requestBody: z.unknown().optional(),
            }),
          ),
        ),
      })
      .parse((await both.contoso.api.get('/api/openapi.json')).body)
    const names: string[] = []
    const walk = (node: unknown): void => {
      if (Array.isArray(node)) return node.forEach(walk)
      if (typeof node !== 'object' || node === null) return
      for (const [key, value] of Object.entries(node)) {
        if (key === 'properties' && typeof value === 'object' && value !== null) names.push(...Object.keys(value))
        walk(value)
      }
    }
    for (const [path, operations] of Object.entries(document.paths)) {
      names.push(...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))
      for (const { parameters, requestBody } of Object.values(operations)) {
        names.push(...parameters.map(({ name }) => name))
        walk(requestBody)
        walk(parameters)
      }
    }
    expect(Object.keys(document.paths).length).toBe(new Set(allRoutes.map(({ path }) => path)).size)
    expect(names).toEqual(expect.arrayContaining(['scanId', 'checkId', 'proposalId', 'findingKey', 'objectId', 'after', 'undo']))
    expect(names.filter((name) => tenantLike.test(name))).toEqual([])
  })

  it('the service answers the same when one is sent, in the address or in a header', async () => {
    const stable = (answer: ApiAnswer): unknown =>
      JSON.parse(
        JSON.stringify([answer.status, answer.body])
          .replaceAll(/"requestId":"[^"]*"/g, '"requestId":""')
          .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'T')
          // A signed head covers the time of signing.
          .replaceAll(/(signature\\*":\\*")[\w-]+/g, '$1'),
      )
    const restless = ['start-scan', 'disconnect-aid']
    const calm = allRoutes.filter(({ id }) => !restless.includes(id))
    const sent: string[] = []
    const headers = Object.fromEntries(headerNames.map((name) => [name, both.contoso.tenantId]))
    for (const [place, route] of calm.entries()) {
      const first = (place * spellingsEach) % spellings.length
      const chosen = spellings.slice(first, first + spellingsEach)
      const { plain, answers } = await besideThePlain(
        async (options) => stable(await callRoute(both.second.api, route, options)),
        [...chosen.map((spelling) => ({ path: `${pathOf(route)}?${spelling}=${both.contoso.tenantId}` })), { headers }],
      )
      expect([route.id, ...answers]).toEqual([route.id, ...answers.map(() => plain)])
      sent.push(...chosen)
    }
    expect(sent.length).toBe(calm.length * spellingsEach)
    expect(sent.length).toBeGreaterThan(100)
    expect(new Set(sent)).toEqual(new Set(spellings))
  })

  it('a body that names one is refused, and says where', async () => {
    const changing = guardedRoutes.filter(({ effect }) => effect === 'changes')
    expect(changing.length).toBeGreaterThanOrEqual(7)
    const tryAll = async (): Promise<void> => {
      for (const route of changing) {
        for (const spelling of spellings) {
          const valid =
            route.id === 'connect-aid'
              ? { objectId: both.second.victimId }
              : route.id === 'create-proposal'
                ? { findingKey: both.second.findingKeys[0] }
                : {}
          const answer = await callRoute(both.second.api, route, { body: { ...valid, [spelling]: both.contoso.tenantId } })
          expect([route.id, spelling, answer.status]).toEqual([route.id, spelling, 400])
        }
      }
      for (const { id } of actions) {
        const input = id === 'disable-user' ? { userId: both.second.victimId } : both.second.secret
        const answer = await both.second.api.post('/api/proposals', {
          actionId: id,
          input: { ...Object(input), tenantId: both.contoso.tenantId },
        })
        expect([id, answer.status, JSON.stringify(answer.body)]).toEqual([id, 409, expect.stringContaining('tenantId')])
      }
    }
    // What any of these requests wrote would be written by every round; what else is still moving comes to rest.
    let changed: readonly string[] = []
    for (let round = 0; round === 0 || (round < 5 && changed.length > 0); round++) {
      await untilNothingIsDue(walls.dataDir)
      const before = await digestTables(walls.dataDir)
      await tryAll()
      const after = await digestTables(walls.dataDir)
      changed = Object.keys(after).filter((table) => !isDeepStrictEqual(before[table], after[table]))
    }
    expect(changed).toEqual([])
  })

  it('a sign-in leads into the person’s own tenant, whatever the address says', async () => {
    const { domain } = walls.tenant('second')
    const eve = makePerson(`eve@${domain}`)
    const query = spellings.map((spelling) => `${spelling}=${both.contoso.tenantId}`).join('&')
    await eve.open(`${walls.origin}/auth/sign-in?${query}`)
    const me: unknown = await (await eve.fetch(`${walls.origin}/api/me?${query}`)).json()
    expect(me).toMatchObject({ displayName: 'Eve Tanaka', tenant: { domain } })
  })

  it('what changes, changes the tenant of the token: a scan and the Aid’s connection', async () => {
    await untilNothingIsDue(walls.dataDir)
    const before = await digestTables(walls.dataDir, both.contoso.tenantId)
    const { lastScan } = overviewSchema.parse((await both.contoso.api.get('/api/overview')).body)
    const started = z
      .object({ id: z.string() })
      .parse(
        (await both.second.api.post(`/api/scans?tenantId=${both.contoso.tenantId}`, {}, { 'x-tenant-id': both.contoso.tenantId })).body,
      )
    expect((await both.contoso.api.get(`/api/scans/${started.id}`)).status).toBe(404)
    expect(overviewSchema.parse((await both.contoso.api.get('/api/overview')).body)).toMatchObject({
      runningScan: null,
      lastScan: { id: lastScan?.id },
    })
    expect(
      (await both.second.api.post(`/api/aid/disconnect?tenantId=${both.contoso.tenantId}`, {}, { 'x-tenant-id': both.contoso.tenantId }))
        .body,
    ).toEqual({ disconnected: true })
    expect((await digestTables(walls.dataDir, both.second.tenantId))['aid']?.rows).toBe(0)
    expect(await digestTables(walls.dataDir, both.contoso.tenantId)).toEqual(before)
    receiptSchema.parse((await both.contoso.api.get(`/api/receipts/${both.contoso.verified}`)).body)
  })
})
