import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import {
  closeSession,
  closeSessionsOf,
  deleteExpiredSessions,
  findSession,
  noteBearer,
  openSession,
  rotateSession,
  sessionAges,
} from '../../../bot/src/store/sessions.ts'
import { seal, unseal } from '../../../bot/src/store/seal.ts'
import { inside, readTx, writeTx, type StoredJob } from '../../../bot/src/store/transaction.ts'
import { deleteSecrets, getSecret, lockPartition, putSecret, secretInventory } from '../../../bot/src/store/vault.ts'
import { asUser, openTestStore, type TestStore } from './test-store.ts'

const plain = 'refresh-token-0.AAAA'
let test: TestStore
let contoso: StoredJob
let fabrikam: StoredJob
beforeAll(async () => void (test = await openTestStore()))
beforeEach(async () => {
  contoso = await test.newTenant('Contoso')
  fabrikam = await test.newTenant('Fabrikam')
})
afterAll(() => test.close())

describe('vault', () => {
  it('gives back what was put in, and nothing for what was not', async () => {
    await writeTx(test.store, contoso, async (tx) => {
      await putSecret(tx, 'a', plain)
      await putSecret(tx, 'a', `${plain}2`)
      expect(await getSecret(tx, 'a')).toBe(`${plain}2`)
      expect(await getSecret(tx, 'b')).toBeUndefined()
      expect(await secretInventory(tx)).toMatchObject([{ purpose: 'a', algorithm: 'AES-256-GCM' }])
    })
    expect(await readTx(test.store, fabrikam, (tx) => getSecret(tx, 'a'))).toBeUndefined()
  })

  it('never stores plaintext nor the same bytes twice', async () => {
    const sealed = async () => {
      await writeTx(test.store, contoso, (tx) => putSecret(tx, 'plain', plain))
      return readTx(
        test.store,
        contoso,
        async (tx) =>
          (await sql<{ sealed: Buffer }>`select sealed from vault_secret where purpose = 'plain'`.execute(tx[inside].db)).rows[0]?.sealed,
      )
    }
    const [first, second] = [await sealed(), await sealed()]
    for (let start = 0; start + 6 <= plain.length; start++) expect(first?.includes(plain.slice(start, start + 6))).toBe(false)
    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(false)
  })

  it('refuses a secret moved to another tenant, even with that tenant key, and to another purpose', async () => {
    await writeTx(test.store, contoso, (tx) => putSecret(tx, 'token', plain))
    await writeTx(test.store, fabrikam, (tx) => putSecret(tx, 'token', 'other'))
    await writeTx(test.store, contoso, (tx) =>
      sql`insert into vault_secret (purpose, algorithm, key_id, sealed) select 'moved', algorithm, key_id, sealed from vault_secret where purpose = 'token'`.execute(
        tx[inside].db,
      ),
    )
    await expect(readTx(test.store, contoso, (tx) => getSecret(tx, 'moved'))).rejects.toThrow('cannot be decrypted')

    const stolen = await readTx(
      test.store,
      contoso,
      async (tx) =>
        (await sql<{ sealed: Buffer }>`select sealed from vault_secret where purpose = 'token'`.execute(tx[inside].db)).rows[0]?.sealed,
    )
    await writeTx(test.store, fabrikam, (tx) =>
      sql`update vault_secret set sealed = ${stolen} where purpose = 'token'`.execute(tx[inside].db),
    )
    await expect(readTx(test.store, fabrikam, (tx) => getSecret(tx, 'token'))).rejects.toThrow('cannot be decrypted')
  })

  it('binds the ciphertext to tenant and purpose whatever the key, and notices every changed byte', () => {
    const key = Buffer.alloc(32, 3)
    const sealed = seal(key, Buffer.from(plain), 'tenant\npurpose')
    expect(unseal(key, sealed, 'tenant\npurpose').toString()).toBe(plain)
    expect(() => unseal(key, sealed, 'other\npurpose')).toThrow()
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(() => unseal(key, changed, 'tenant\npurpose')).toThrow()
    }
    expect(() => unseal(key, sealed.subarray(0, 20), 'tenant\npurpose')).toThrow('shorter')
  })

  it('gives each tenant its own key, and nothing back once that key is destroyed', async () => {
    const leaving = await test.newTenant()
    for (const tenant of [contoso, leaving]) await writeTx(test.store, tenant, (tx) => putSecret(tx, 'a', plain))
    const ids = await Promise.all(
      [contoso, leaving].map((tenant) => readTx(test.store, tenant, async (tx) => (await secretInventory(tx))[0]?.keyId)),
    )
    expect([ids[0], ids[1]]).toEqual([expect.any(String), expect.any(String)])
    expect(ids[0]).not.toBe(ids[1])
    await writeTx(test.store, leaving, (tx) => sql`delete from tenant_key`.execute(tx[inside].db))
    await expect(readTx(test.store, leaving, (tx) => getSecret(tx, 'a'))).rejects.toThrow('is gone')
  })

  it('deletes one purpose, or all that begin with it', async () => {
    await writeTx(test.store, contoso, async (tx) => {
      for (const purpose of ['cache:1', 'cache:2', 'cache_3', 'cache']) await putSecret(tx, purpose, plain)
      expect(await deleteSecrets(tx, 'cache')).toBe(1)
      expect(await deleteSecrets(tx, 'cache:', { under: true })).toBe(2)
      expect(await getSecret(tx, 'cache_3')).toBe(plain)
    })
  })

  it('loses no update of a partition that 20 callers lock', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_each, index) =>
        writeTx(test.store, contoso, async (tx) => {
          await lockPartition(tx, 'counter')
          await putSecret(tx, 'counter', `${(await getSecret(tx, 'counter')) ?? ''}${index},`)
        }),
      ),
    )
    const kept = (await readTx(test.store, contoso, (tx) => getSecret(tx, 'counter')))?.split(',').filter(Boolean).map(Number)
    expect(kept?.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_each, index) => index))
  })
})

const minute = 60_000
const now = Date.parse('2026-11-20T10:00:00.000Z')
const person = { personId: randomUUID(), displayName: 'Ada', roles: ['admin'] as const }

describe('sessions', () => {
  it('are found by the id alone, which is stored only as a hash', async () => {
    const { id, csrfToken } = await writeTx(test.store, contoso, (tx) => openSession(tx, person, now))
    expect(await findSession(test.store, id, now)).toMatchObject({
      tenantId: contoso.tenantId,
      personId: person.personId,
      roles: ['admin'],
      csrfToken,
      rotationDue: false,
    })
    expect(await findSession(test.store, `${id}x`, now)).toBeUndefined()
    expect(await findSession(test.store, '', now)).toBeUndefined()
    const stored = await asUser(test.owner, async (client) => {
      await client.query(`select set_config('app.tenant_id', $1, false)`, [contoso.tenantId])
      return JSON.stringify((await client.query('select * from countersign.session')).rows)
    })
    expect(stored).toContain('Ada')
    expect(stored).not.toContain(id)
  })

  it('rotate after 15 minutes, once; the old id answers 30 seconds more', async () => {
    const { id } = await writeTx(test.store, contoso, (tx) => openSession(tx, person, now))
    expect((await findSession(test.store, id, now + 15 * minute - 1))?.rotationDue).toBe(false)
    const due = now + 15 * minute
    expect((await findSession(test.store, id, due))?.rotationDue).toBe(true)
    const rotated = await Promise.all(Array.from({ length: 5 }, () => writeTx(test.store, contoso, (tx) => rotateSession(tx, id, due))))
    const next = rotated.find((answer) => answer !== undefined)
    expect(rotated.filter((answer) => answer !== undefined)).toHaveLength(1)
    expect(await findSession(test.store, id, due + 30_000)).toMatchObject({ rotationDue: false })
    expect(await findSession(test.store, id, due + 30_001)).toBeUndefined()
    expect(await findSession(test.store, next?.id ?? '', due + 30_001)).toMatchObject({
      rotationDue: false,
      createdAt: new Date(now).toISOString(),
    })
  })

  it('end after 24 hours however often they rotate', async () => {
    let { id } = await writeTx(test.store, contoso, (tx) => openSession(tx, person, now))
    for (let quarter = 1; quarter < 96; quarter++) {
      const next = await writeTx(test.store, contoso, (tx) => rotateSession(tx, id, now + quarter * 15 * minute))
      id = next?.id ?? ''
    }
    expect(await findSession(test.store, id, now + 24 * 60 * minute - 1)).toBeDefined()
    expect(await findSession(test.store, id, now + 24 * 60 * minute)).toBeUndefined()
    await expect(
      writeTx(test.store, contoso, (tx) => sql`update session set expires_at = created_at + interval '25 hours'`.execute(tx[inside].db)),
    ).rejects.toMatchObject({ code: '23514' })
    await writeTx(test.store, contoso, (tx) => deleteExpiredSessions(tx, now + 24 * 60 * minute))
    expect((await readTx(test.store, contoso, (tx) => sessionAges(tx, now))).live).toBe(0)
  })

  it('end at once when closed, by the old id too, and all of a person together', async () => {
    const open = () => writeTx(test.store, contoso, (tx) => openSession(tx, person, now))
    const [first, second] = [await open(), await open()]
    const rotated = await writeTx(test.store, contoso, (tx) => rotateSession(tx, first.id, now))
    await writeTx(test.store, contoso, (tx) => closeSession(tx, first.id))
    expect(await findSession(test.store, rotated?.id ?? '', now)).toBeUndefined()
    expect(await findSession(test.store, second.id, now)).toBeDefined()
    await writeTx(test.store, contoso, (tx) => closeSessionsOf(tx, person.personId))
    expect(await findSession(test.store, second.id, now)).toBeUndefined()
  })

  it('hold the 24 hours for bearer tokens by person and token id', async () => {
    const note = (tokenId: string, time: number) => writeTx(test.store, contoso, (tx) => noteBearer(tx, { ...person, tokenId }, time))
    expect(await note('t1', now)).toEqual({ createdAt: new Date(now).toISOString(), expired: false })
    expect(await note('t1', now + 24 * 60 * minute)).toEqual({ createdAt: new Date(now).toISOString(), expired: true })
    expect(await note('t2', now + 24 * 60 * minute)).toMatchObject({ expired: false })
    expect(await readTx(test.store, contoso, (tx) => sessionAges(tx, now))).toMatchObject({
      live: 2,
      oldestCreatedAt: new Date(now).toISOString(),
    })
  })
})
