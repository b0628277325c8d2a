import { beforeEach, describe, expect, it } from '@jest/globals'
import { setTimeout as wait } from 'node:timers/promises'
import type { Effect } from '@countersign/core/actions/blast/effects.ts'
import { signInsThrough } from '../../../bot/src/engine/act/blast-sign-ins.ts'
import { makeReader } from '../../../bot/src/graph/reader.ts'
import { inProcessGraph, type InProcessGraph } from '../../../emulator/graph/in-process.ts'
import { collection, put, text, type Row } from '../../../emulator/tenants/world.ts'

const tenantName = 'hardened'
const now = Date.parse('2026-11-22T12:00:00Z')

let graph: InProcessGraph
let appId: string
/** A sign-in through the application, as the tenant's log has it. */
let example: Row
let urls: URL[]

beforeEach(() => {
  graph = inProcessGraph({ tenants: [tenantName], now: () => now })
  const rows = collection(graph.tenant(tenantName), 'auditLogs/signIns')
  const [first] = rows.values()
  if (!first) throw new Error('The hardened tenant has no sign-in.')
  example = first
  appId = text(example, 'appId') ?? ''
  urls = []
})

function plant(id: string, change: Readonly<Record<string, unknown>>): void {
  put(graph.tenant(tenantName), 'auditLogs/signIns', { ...example, id, ...change })
}

function effect(how: Extract<Effect, { kind: 'application' }>['how'], qualifier = appId.toUpperCase()): Effect {
  return { kind: 'application', application: { type: 'servicePrincipal', id: 'sp', name: 'Travel desk', qualifier }, how }
}

interface Asked {
  readonly by?: string
  readonly scopes?: readonly string[]
  readonly delayMs?: number
  readonly effects?: readonly Effect[]
}

function count({ by, scopes = ['AuditLog.Read.All'], delayMs = 0, effects = [effect('blocked')] }: Asked = {}) {
  const token = graph.token(tenantName, by, scopes)
  const reader = makeReader(async () => ({ kind: 'token', token, scopes }), {
    graph: 'https://graph.local',
    userAgent: 'Countersign/test',
    async transport(url, init) {
      urls.push(new URL(url))
      if (delayMs > 0) await wait(delayMs)
      return graph.fetch(url, init)
    },
  })
  return signInsThrough(reader, effects, { now, timeoutMs: delayMs > 0 ? delayMs / 4 : 600_000 })
}

async function answer(asked?: Asked) {
  return (await count(asked)).get(appId.toLowerCase())
}

describe('who signed in through an application', () => {
  it('counts people of the last 30 days once each, and no failures', async () => {
    expect(await answer()).toEqual({ people: 3, isAll: true })
    plant('again', {})
    plant('failed', { userId: 'another', status: { errorCode: 50126, failureReason: null, additionalDetails: null } })
    plant('long-ago', { userId: 'a-third', createdDateTime: '2026-10-01T00:00:00Z' })
    expect(await answer()).toEqual({ people: 3, isAll: true })
    plant('one-more', { userId: 'a-fourth' })
    expect(await answer()).toEqual({ people: 4, isAll: true })
    expect(urls[0]?.searchParams.get('$filter')).toContain('createdDateTime ge 2026-10-23T12:00:00.000Z')
  })

  it('says nobody only where the log was read', async () => {
    expect((await count({ effects: [effect('credential', 'unused')] })).get('unused')).toEqual({ people: 0, isAll: true })
  })

  it('reads two pages and no more, and says that there may be others', async () => {
    for (let number = 0; number < 2100; number++) plant(`many-${number}`, { userId: `person-${number}` })
    const counted = await answer()
    expect(counted).toMatchObject({ isAll: false })
    expect(counted).toHaveProperty('people', expect.any(Number))
    expect(urls).toHaveLength(2)
  })

  it('is asked for changes alone after which the application does less', async () => {
    expect(await count({ effects: [effect('owner'), effect('allowed')] })).toEqual(new Map())
    expect(urls).toEqual([])
  })

  it('is not known, and never zero, without the permission, the role or the licence', async () => {
    expect(await answer({ scopes: ['User.Read'] })).toEqual({ notKnown: 'scope', detail: 'AuditLog.Read.All' })
    expect(await answer({ by: `aid@${graph.tenant(tenantName).domain}` })).toMatchObject({ notKnown: 'role' })
    graph.tenant(tenantName).flags.licence = 'free'
    expect(await answer()).toMatchObject({ notKnown: 'licence' })
  })

  it('is not known where the log does not answer in time', async () => {
    expect(await answer({ delayMs: 400 })).toEqual({ notKnown: 'slow', detail: '' })
  })

  it('is not known where a row is not as documented', async () => {
    plant('odd', { userId: '' })
    expect(await answer()).toMatchObject({ notKnown: 'shape' })
  })
})
