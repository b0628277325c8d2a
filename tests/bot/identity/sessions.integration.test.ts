import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { makeIdentity, type Identity } from '../../../bot/src/identity/identity.ts'
import { newestTokenScopes } from '../../../bot/src/store/token-scopes.ts'
import { partition } from '../../../bot/src/identity/entra-client.ts'
import { deleteSecrets, lockPartition, secretInventory } from '../../../bot/src/store/vault.ts'
import { readTx, writeTx } from '../../../bot/src/store/transaction.ts'
import { makePerson } from '../../../tools/stack/person.ts'
import { bearerFor, ids, register, startTestEmulator, tenantNamed } from '../service.ts'
import { openTestStore, testDeploymentKey, type TestStore } from '../store/test-store.ts'
import { waitedFor } from '../store/waited-for.ts'

type TestEmulator = Awaited<ReturnType<typeof startTestEmulator>>
const minute = 60_000
let emulator: TestEmulator
let test: TestStore
let identity: Identity
let clock = 0
let ada = ''
let tenantId = ''
let redirects = ''
const resource = `api://countersign.example/${ids.read}`

beforeAll(async () => {
  emulator = await startTestEmulator()
  const tenant = tenantNamed(emulator, 'contoso-demo')
  tenantId = tenant.id
  ada = `ada@${tenant.domain}`
  // The emulator's own control port stands in for the service's address: the browser ends there with the code.
  redirects = emulator.ready.control
  await register(emulator, 'contoso-demo', 'https://countersign.example', [{ user: ada, role: 'admin' }])
  test = await openTestStore()
  identity = makeIdentity({
    budgetFor: () => ({ take: async () => undefined, refused: async () => undefined }),
    store: test.store,
    settings: {
      version: '0',
      origin: 'https://countersign.example',
      authority: emulator.ready.signIn,
      graph: emulator.ready.graph,
      tenants: [tenantId],
      read: { appId: ids.read, secret: 'read-secret', resource },
      act: null,
      chat: null,
    },
    deploymentKey: testDeploymentKey,
    enabledActions: () => Promise.resolve([]),
    now: () => clock,
  })
})
afterAll(async () => {
  await test?.close()
  await emulator?.end()
})

/** A browser sign-in up to its session id. */
async function signIn(): Promise<string> {
  clock = Date.now()
  const { url, cookie } = await identity.browser.begin('/trust')
  const person = makePerson(ada)
  const address = await landing(person, url)
  const answer = Object.fromEntries(address.searchParams)
  const completed = await identity.browser.complete(z.object({ code: z.string(), state: z.string() }).parse(answer), cookie)
  if (completed.kind === 'refused') throw new Error(completed.reason)
  return completed.sessionId
}

/** Follows the sign-in to the redirect address, which nobody serves here. */
async function landing(person: ReturnType<typeof makePerson>, url: string): Promise<URL> {
  const page = await person.fetch(url)
  const text = await page.text()
  const action = /<form method="post" action="([^"]+)"/.exec(text)?.[1] ?? ''
  const context = /name="ctx" value="([^"]+)"/.exec(text)?.[1] ?? ''
  const answered = await person.fetch(new URL(action, url).toString(), {
    method: 'POST',
    body: new URLSearchParams({ ctx: context, login: ada }),
  })
  return new URL(answered.headers.get('location') ?? redirects)
}

async function person(): Promise<{ readonly tenantId: string; readonly personId: string }> {
  const { people } = z
    .object({ people: z.array(z.object({ id: z.string(), userPrincipalName: z.string() })) })
    .parse(await emulator.control('GET', '/tenants/contoso-demo/people'))
  return { tenantId, personId: people.find(({ userPrincipalName }) => userPrincipalName === ada)?.id ?? '' }
}

async function revokeAda(): Promise<void> {
  await emulator.control('POST', `/tenants/contoso-demo/revoke-sessions/${(await person()).personId}`)
}

describe('a browser session', () => {
  it('keeps its id for 15 minutes, then gets a new one; the old one soon stops', async () => {
    const id = await signIn()
    expect(await identity.fromCookie(id)).toMatchObject({ kind: 'signedIn', signedIn: { principal: { roles: ['admin'], door: 'web' } } })
    clock += 15 * minute
    const rotated = await identity.fromCookie(id)
    expect(rotated).toMatchObject({ kind: 'signedIn', rotatedTo: expect.any(String) })
    clock += minute
    expect(await identity.fromCookie(id)).toMatchObject({ kind: 'refused' })
    expect((await identity.fromCookie(rotated.kind === 'signedIn' ? (rotated.rotatedTo ?? '') : '')).kind).toBe('signedIn')
  })

  it('takes the roles anew with each rotation', async () => {
    const id = await signIn()
    try {
      await register(emulator, 'contoso-demo', 'https://countersign.example', [{ user: ada, role: 'viewer' }])
      clock += 15 * minute
      expect(await identity.fromCookie(id)).toMatchObject({ signedIn: { principal: { roles: ['viewer'] } } })
    } finally {
      await register(emulator, 'contoso-demo', 'https://countersign.example', [{ user: ada, role: 'admin' }])
    }
  })

  it('ends after 24 hours, whatever was done in between', async () => {
    let id = await signIn()
    const begun = clock
    for (let hour = 1; hour < 24; hour += 1) {
      clock = begun + hour * 60 * minute
      const answer = await identity.fromCookie(id)
      if (answer.kind === 'refused') throw new Error(answer.reason)
      id = answer.rotatedTo ?? id
    }
    clock = begun + 24 * 60 * minute
    expect(await identity.fromCookie(id)).toMatchObject({ kind: 'refused' })
  })

  it('ends at the next rotation when the person’s sign-ins were revoked', async () => {
    const id = await signIn()
    await revokeAda()
    expect((await identity.fromCookie(id)).kind).toBe('signedIn')
    clock += 15 * minute
    expect(await identity.fromCookie(id)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('revoked') })
    clock -= minute
    expect(await identity.fromCookie(id)).toMatchObject({ kind: 'refused' })
  })

  it('waits for whoever renews an earlier sign-in of the person, who would write over it or delete it', async () => {
    await signIn()
    const { tenantId: tenant, personId } = await person()
    const held = Promise.withResolvers<void>()
    const free = Promise.withResolvers<void>()
    const renewing = writeTx(test.store, { tenantId: tenant, objectId: personId }, async (tx) => {
      await lockPartition(tx, partition('read', personId))
      held.resolve()
      await free.promise
      return deleteSecrets(tx, partition('read', personId))
    })
    await held.promise
    const again = signIn()
    await Promise.race([again, waitedFor(test)])
    free.resolve()
    expect(await renewing).toBe(1)
    const id = await again
    clock += 15 * minute
    expect(await identity.fromCookie(id)).toMatchObject({ kind: 'signedIn' })
  })

  it('cannot be guessed and leaves no token in the clear', async () => {
    await signIn()
    expect(await identity.fromCookie('guess')).toMatchObject({ kind: 'refused' })
    const inventory = await readTx(test.store, { tenantId, objectId: '' }, secretInventory)
    expect(inventory.map(({ purpose }) => purpose)).toEqual([expect.stringMatching(/^msal:read:/)])
  })
})

describe('tokens for Graph', () => {
  it('are exchanged once for many askers, used for at most 15 minutes, and noted by the names of their scopes', async () => {
    clock = Date.now()
    const token = await bearerFor(emulator, 'contoso-demo', ada, { resource })
    const answer = await identity.fromBearer(`Bearer ${token}`)
    if (answer.kind === 'refused') throw new Error(answer.reason)
    const who = answer.signedIn.principal
    const [first, second] = await Promise.all([identity.prepareReading(answer.signedIn), identity.prepareReading(answer.signedIn)])
    expect([first.kind, second.kind]).toEqual(['ready', 'ready'])
    const notes = (): Promise<number> => readTx(test.store, who, async (tx) => (await newestTokenScopes(tx, 'read', 100)).length)
    const before = await notes()
    const ask = identity.readTokenFor(who)
    const [one, two] = await Promise.all([ask(), ask()])
    expect(one).toEqual(two)
    expect(await notes()).toBe(before)
    clock += 15 * minute
    const later = await Promise.all([ask(), ask(), ask()])
    expect(new Set(later.map((each) => (each.kind === 'token' ? each.token : ''))).size).toBe(1)
    expect(later[0]).not.toEqual(one)
    expect(await notes()).toBe(before + 1)
    const [newest] = await readTx(test.store, who, (tx) => newestTokenScopes(tx, 'read'))
    expect(newest).toMatchObject({ hasRoles: false, scopes: expect.arrayContaining(['Application.Read.All']) })
  })

  it('are had by a bearer sign-in while a stored one of the same person, which is not there, is asked for', async () => {
    clock = Date.now()
    const token = await bearerFor(emulator, 'contoso-demo', ada.replace('ada@', 'bo@'), { resource })
    const answer = await identity.fromBearer(`Bearer ${token}`)
    if (answer.kind === 'refused') throw new Error(answer.reason)
    const stored = identity.readTokenFor(answer.signedIn.principal)()
    expect(await identity.prepareReading(answer.signedIn)).toEqual({ kind: 'ready' })
    await stored
  })

  it('keep a bearer sign-in alive for 15 minutes at a time: revoked, it ends then', async () => {
    clock = Date.now()
    const token = await bearerFor(emulator, 'contoso-demo', ada, { resource })
    expect((await identity.fromBearer(`Bearer ${token}`)).kind).toBe('signedIn')
    await revokeAda()
    clock += 16 * minute
    expect(await identity.fromBearer(`Bearer ${token}`)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('revoked') })
  })
})
