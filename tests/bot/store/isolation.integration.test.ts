import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { serviceDb } from '../../../bot/src/store/database.ts'
import { append } from '../../../bot/src/store/journal.ts'
import { insertProposal, listProposals, proposalById } from '../../../bot/src/store/proposals.ts'
import { insertScan } from '../../../bot/src/store/scans.ts'
import { ensureTenant, purgeTenant, tenantOf } from '../../../bot/src/store/tenants.ts'
import { inside, readTx, writeTx, type StoredJob } from '../../../bot/src/store/transaction.ts'
import { putSecret } from '../../../bot/src/store/vault.ts'
import { buildProposal } from './build-proposal.ts'
import { asUser, openTestStore, type TestStore } from './test-store.ts'

const at = '2026-11-20T10:00:00.000Z'
let test: TestStore
let contoso: StoredJob
let fabrikam: StoredJob
beforeAll(async () => {
  test = await openTestStore()
  contoso = await test.newTenant('Contoso')
  fabrikam = await test.newTenant('Fabrikam')
})
afterAll(() => test.close())

describe('tenant isolation', () => {
  it('shows a tenant its own rows only', async () => {
    const proposal = buildProposal(contoso)
    await writeTx(test.store, contoso, (tx) => insertProposal(tx, proposal))
    expect((await readTx(test.store, contoso, (tx) => proposalById(tx, proposal.id)))?.hash).toBe(proposal.hash)
    expect(await readTx(test.store, fabrikam, (tx) => proposalById(tx, proposal.id))).toBeUndefined()
    expect(await readTx(test.store, fabrikam, listProposals)).toEqual([])
    expect((await readTx(test.store, fabrikam, tenantOf))?.displayName).toBe('Fabrikam')
  })

  it('shows nothing where no tenant was entered, not even to the owner of the tables', async () => {
    for (const table of ['tenant', 'proposal', 'journal', 'vault_secret', 'fact_row']) {
      const { rows } = await sql.raw(`select * from ${table}`).execute(serviceDb(test.store))
      expect(rows).toEqual([])
      expect((await asUser(test.owner, (client) => client.query(`select * from countersign.${table}`))).rows).toEqual([])
    }
  })

  it('forgets the tenant with the transaction, on the same connection', async () => {
    const left = await serviceDb(test.store)
      .connection()
      .execute(async (db) => {
        await db.transaction().execute((tx) => sql`select set_config('app.tenant_id', ${contoso.tenantId}, true)`.execute(tx))
        return (await sql`select * from tenant`.execute(db)).rows
      })
    expect(left).toEqual([])
  })

  it('refuses rows for another tenant (42501)', async () => {
    const insert = writeTx(test.store, contoso, (tx) =>
      sql`insert into conversation (tenant_id, person_id, conversation_id, reference, updated_at) values (${fabrikam.tenantId}, ${randomUUID()}, 'x', '{}', now())`.execute(
        tx[inside].db,
      ),
    )
    await expect(insert).rejects.toMatchObject({ code: '42501' })
    const move = writeTx(test.store, contoso, (tx) => sql`update tenant set tenant_id = ${fabrikam.tenantId}`.execute(tx[inside].db))
    await expect(move).rejects.toMatchObject({ code: expect.stringMatching(/42501|23505|23503/) })
    await expect(writeTx(test.store, contoso, (tx) => insertProposal(tx, buildProposal(fabrikam)))).rejects.toThrow(
      'only in its own tenant',
    )
  })

  it('touches no row of another tenant with an update or a delete without condition', async () => {
    await writeTx(test.store, fabrikam, (tx) => putSecret(tx, 'kept', 'secret'))
    const deleted = await writeTx(test.store, contoso, (tx) => sql`delete from vault_secret`.execute(tx[inside].db))
    expect(deleted.numAffectedRows).toBe(0n)
  })

  it('refuses a tenant id that is none', async () => {
    await expect(readTx(test.store, { tenantId: "' or true --", objectId: randomUUID() }, tenantOf)).rejects.toMatchObject({
      code: '22P02',
    })
  })
})

describe('transactions', () => {
  it('refuse every write when opened for reading (25006)', async () => {
    for (const statement of [
      `update tenant set domain = 'x'`,
      'delete from tenant',
      'insert into event_cursor (reader, seq) values (1, 1)',
    ]) {
      await expect(readTx(test.store, contoso, (tx) => sql.raw(statement).execute(tx[inside].db))).rejects.toMatchObject({ code: '25006' })
    }
    const escape = readTx(test.store, contoso, async (tx) => {
      await sql`select 1`.execute(tx[inside].db)
      await sql`set transaction read write`.execute(tx[inside].db)
    })
    await expect(escape).rejects.toMatchObject({ code: '25001' })
  })

  it('read one snapshot from beginning to end', async () => {
    await readTx(test.store, contoso, async (tx) => {
      const before = await listProposals(tx)
      await writeTx(test.store, contoso, (other) => insertProposal(other, buildProposal(contoso)))
      expect(await listProposals(tx)).toHaveLength(before.length)
    })
  })

  it('leave nothing behind when they throw', async () => {
    const tenant = await test.newTenant()
    const attempt = writeTx(test.store, tenant, async (tx) => {
      await insertScan(tx, { startedByName: 'Ada', at })
      await append(tx, { kind: 'proposed', subjectId: 'p', body: {}, at })
      throw new Error('changed my mind')
    })
    await expect(attempt).rejects.toThrow('changed my mind')
    await writeTx(test.store, tenant, async (tx) =>
      expect((await append(tx, { kind: 'proposed', subjectId: 'p', body: {}, at })).seq).toBe(1),
    )
  })
})

describe('purging a tenant', () => {
  it('deletes every row of it, the journal and the data key included, and no other', async () => {
    const leaving = await test.newTenant('Leaving')
    await writeTx(test.store, leaving, async (tx) => {
      await insertProposal(tx, buildProposal(leaving, { steps: 2 }))
      await insertScan(tx, { startedByName: 'Ada', at })
      await putSecret(tx, 'refresh token', 'secret')
      await append(tx, { kind: 'proposed', subjectId: 'p', body: {}, at })
    })
    await writeTx(test.store, leaving, purgeTenant)
    const { rows: tables } = await asUser(test.owner, (client) =>
      client.query<{ name: string }>(
        `select relname as name from pg_class where relnamespace = 'countersign'::regnamespace and relkind = 'r' and relforcerowsecurity`,
      ),
    )
    expect(tables.length).toBeGreaterThan(20)
    await readTx(test.store, leaving, async (tx) => {
      for (const { name } of tables)
        expect([name, (await sql.raw(`select from ${name}`).execute(tx[inside].db)).rows.length]).toEqual([name, 0])
    })
    expect(await readTx(test.store, contoso, tenantOf)).toBeDefined()
  })

  it('keeps a known name when a later sign-in brings none', async () => {
    await writeTx(test.store, contoso, (tx) => ensureTenant(tx, { displayName: '', domain: '', at }))
    expect(await readTx(test.store, contoso, tenantOf)).toMatchObject({ displayName: 'Contoso', domain: 'contoso.com' })
  })
})
