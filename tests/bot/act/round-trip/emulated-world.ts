import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import tls from 'node:tls'
import { z } from 'zod'
import { actions } from '@countersign/core/actions/catalogue.ts'
import { needsOf } from '@countersign/core/actions/needs.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { actManifest } from '../../../../bot/src/identity/registrations.ts'
import type { ActDeps } from '../../../../bot/src/engine/act/deps.ts'
import { switchAction } from '../../../../bot/src/engine/act/switches.ts'
import { makeReader, type TokenFunction } from '../../../../bot/src/graph/reader.ts'
import { makeWriter } from '../../../../bot/src/graph/writer.ts'
import { startEmulator } from '../../../../tools/stack/emulator.ts'
import { demoIds, prepareAid } from '../../../../tools/stack/registrations.ts'
import { partsOf, tokensFor } from '../../../../tools/stack/tokens.ts'
import { openTestStore, silentLog } from '../../store/test-store.ts'
import { connectAid } from '../act-world.ts'
import { inOrder, type Row, type TripTenant } from './trip-case.ts'

const tenant = 'contoso-demo'
const graphAppId = '00000003-0000-0000-c000-000000000000'
/** How long the tenant's audit log takes. */
const auditDelayMs = 50

/** The emulator over HTTP, real PostgreSQL, and the engine between them, with every action switched on and no right to spare. */
export interface EmulatedWorld {
  readonly deps: ActDeps
  readonly arrange: TripTenant
  /** Somebody who may ask and countersign; each has a chat of their own. */
  readonly somebody: (name: string) => Principal
  /** Whoever could be the second person. */
  readonly second: Principal
  /** Runs what the engine put off. */
  readonly work: () => Promise<void>
  /** Writes that changed something since the last call, by Graph's own log. */
  readonly effects: () => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

const rowsSchema = z.object({ objects: z.array(z.looseObject({ id: z.string() })) })
const requestsSchema = z.object({ requests: z.array(z.object({ method: z.string(), path: z.string(), effect: z.boolean() })) })

export async function openEmulatedWorld(): Promise<EmulatedWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'cs-trip-'))
  const emulator = await startEmulator({ dataDir: folder, auditDelayMs })
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), await readFile(emulator.ready.ca, 'utf8')])
  const test = await openTestStore()
  const { tenantId } = await test.newTenant()
  const { id: directoryId = '', domain = '' } = emulator.ready.tenants[tenant] ?? {}

  const needs = needsOf(actions)
  const scopes = [...needs.write, ...needs.proof]
  const redirectUri = `${emulator.ready.control}/health`
  await emulator.control('PUT', `/tenants/${tenant}/registrations`, {
    application: { ...actManifest('http://localhost', demoIds.act, scopes), publicClient: { redirectUris: [redirectUri] } },
    secrets: [],
    consent: { [graphAppId]: scopes.map(({ scope }) => scope) },
    assignments: [],
    servicePrincipalOnly: false,
  })
  await prepareAid(emulator, tenant, domain, actions)
  const { accessToken } = await tokensFor(emulator, directoryId, `aid@${domain}`, {
    client: demoIds.act,
    scope: 'https://graph.microsoft.com/.default',
    redirectUri,
  })
  const claims = z.object({ oid: z.string(), scp: z.string() }).parse(partsOf(accessToken).claims)
  const token: TokenFunction = () => Promise.resolve({ kind: 'token', token: accessToken, scopes: claims.scp.split(' ') })
  const reader = makeReader(token, { graph: emulator.ready.graph, userAgent: 'test' })
  const writer = makeWriter(token, { graph: emulator.ready.graph, timeoutMs: 20_000 })

  const somebody = (displayName: string): Principal => ({
    tenantId,
    objectId: randomUUID(),
    displayName,
    roles: ['owner', 'admin'],
    door: 'chat',
  })
  const second = somebody('Bo')
  const pending: (() => Promise<void>)[] = []
  const deps: ActDeps = {
    store: test.store,
    log: silentLog,
    act: 'on',
    version: '0.0.0',
    now: Date.now,
    newId: randomUUID,
    randomBytes: (count) => randomBytes(count),
    aid: () => Promise.resolve({ kind: 'aid', objectId: claims.oid, userPrincipalName: `aid@${domain}`, reader, writer }),
    approvers: (_tenantId, except) =>
      Promise.resolve(except === second.objectId ? [] : [{ objectId: second.objectId, name: second.displayName, roles: second.roles }]),
    later: (work) => void pending.push(work),
    wait: (milliseconds) => wait(milliseconds),
    checkpoint: () => Promise.resolve(),
    readBackWaits: [0, 100, 200],
    // So many that the row is there at one of them, however long this machine stands still between the send and its arrival.
    echoLooks: Array.from({ length: 5000 }, (_, look) => look * auditDelayMs),
  }
  const owner: Principal = { ...somebody('Olivia'), door: 'tab' }
  const at = new Date().toISOString()
  await connectAid(test.store, owner, { objectId: claims.oid, userPrincipalName: `aid@${domain}`, scopes: claims.scp.split(' '), at })
  for (const { id } of actions) await switchAction(deps, owner, id, true)

  const objects = (path: string): string => `/tenants/${tenant}/objects/${path}`
  return {
    deps,
    somebody,
    second,
    arrange: {
      async rows(path) {
        const answer = await emulator.control('GET', objects(path)).catch((problem: unknown) => {
          // A collection without any object yet is not there.
          if (String(problem).includes('answered 404')) return { objects: [] }
          throw problem
        })
        return inOrder(rowsSchema.parse(answer).objects)
      },
      put: async (path: string, { id, ...row }: Row) =>
        void (await emulator.control('PUT', objects(`${path}/${encodeURIComponent(id)}`), row)),
      amend: async (path, id, changes) => void (await emulator.control('PATCH', objects(`${path}/${encodeURIComponent(id)}`), changes)),
      async read(path) {
        const answer = await reader.get(path)
        if (answer.kind !== 'answer') throw new Error(`${path} could not be read: ${JSON.stringify(answer)}`)
        return answer.body
      },
    },
    async work() {
      for (let next = pending.shift(); next; next = pending.shift()) await next()
    },
    async effects() {
      const { requests } = requestsSchema.parse(await emulator.control('GET', '/requests'))
      await emulator.control('DELETE', '/requests')
      return requests.filter(({ effect }) => effect).map(({ method, path }) => `${method} ${path.replace('/v1.0', '')}`)
    },
    async close() {
      await emulator.stop()
      await test.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
