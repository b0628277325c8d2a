import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { openStore } from '../../../bot/src/store/database.ts'
import { serverProblem } from '../../../bot/src/store/provision.ts'
import { asUser, openTestStore, silentLog, testDeploymentKey, type TestStore } from './test-store.ts'

/** Tables that belong to no tenant, each with the reason. */
const exceptions: Record<string, string> = {
  deployment_secret: "the deployment's own signing key, encrypted",
  kysely_migration: 'names of the migrations done; the service cannot reach it',
  kysely_migration_lock: 'lock of the migrations; the service cannot reach it',
}

interface Table {
  name: string
  forced: boolean
  enabled: boolean
  tenant_not_null: boolean | null
  cascades: boolean
  policies: { name: string; command: string; using: string | null; check: string | null }[]
  grants: string[]
}

let test: TestStore
let tables: Table[]
beforeAll(async () => {
  test = await openTestStore()
  tables = await asUser(test.owner, async (client) => {
    const { rows } = await client.query<Table>(`
      select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
        (select a.attnotnull from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id') as tenant_not_null,
        exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and k.confdeltype = 'c'
          and k.confrelid = 'countersign.tenant'::regclass
          and k.conkey = array[(select attnum from pg_attribute where attrelid = c.oid and attname = 'tenant_id')]) as cascades,
        coalesce((select json_agg(json_build_object('name', p.policyname, 'command', p.cmd, 'using', p.qual, 'check', p.with_check))
          from pg_policies p where p.schemaname = 'countersign' and p.tablename = c.relname), '[]') as policies,
        array(select g.privilege_type::text from information_schema.role_table_grants g
          where g.table_schema = 'countersign' and g.table_name = c.relname and g.grantee = 'countersign_service' order by 1) as grants
      from pg_class c where c.relnamespace = 'countersign'::regnamespace and c.relkind = 'r' order by 1`)
    return rows
  })
})
afterAll(() => test.close())

function tenantTables(): Table[] {
  return tables.filter(({ name }) => !(name in exceptions))
}

describe('schema', () => {
  it('knows every table: of a tenant, or a written exception', () => {
    expect(tenantTables().length).toBeGreaterThanOrEqual(24)
    expect(Object.keys(exceptions).filter((name) => !tables.some((table) => table.name === name))).toEqual([])
  })

  it('gives every row of a tenant table a tenant', () => {
    expect(
      tenantTables()
        .filter((table) => table.tenant_not_null !== true)
        .map(({ name }) => name),
    ).toEqual([])
  })

  it('deletes every row with its tenant', () => {
    const children = tenantTables().filter(({ name }) => name !== 'tenant')
    expect(children.filter((table) => !table.cascades).map(({ name }) => name)).toEqual([])
  })

  it('walls every tenant table, its owner included', () => {
    expect(
      tenantTables()
        .filter((table) => !table.enabled || !table.forced)
        .map(({ name }) => name),
    ).toEqual([])
  })

  it('has the one policy everywhere, and one more for a cookie that names its session', () => {
    for (const table of tenantTables()) {
      const own = table.policies.find(({ name }) => name === 'own_tenant')
      expect([table.name, own?.command]).toEqual([table.name, 'ALL'])
      expect(own?.using).toContain(`tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid`)
      expect(own?.check).toBe(own?.using)
    }
    const others = tables.flatMap((table) =>
      table.policies.filter(({ name }) => name !== 'own_tenant').map(({ name, command }) => `${table.name} ${name} ${command}`),
    )
    expect(others).toEqual(['session own_session SELECT'])
  })

  it('lets the service only read and insert in the journal, and write the signing key once', () => {
    expect(tables.find(({ name }) => name === 'journal')?.grants).toEqual(['INSERT', 'SELECT'])
    expect(tables.find(({ name }) => name === 'deployment_secret')?.grants).toEqual(['INSERT', 'SELECT'])
    expect(tables.find(({ name }) => name === 'kysely_migration')?.grants).toEqual([])
  })

  it('never lets the service change the terms of a proposal or the bytes of an offer', async () => {
    const { rows } = await asUser(test.owner, (client) =>
      client.query<{ name: string }>(`select table_name || '.' || column_name as name from information_schema.column_privileges
        where grantee = 'countersign_service' and privilege_type = 'UPDATE' and table_name in ('proposal', 'offer', 'proposal_step') order by 1`),
    )
    expect(rows.map(({ name }) => name)).toEqual([
      'offer.card_activity_id',
      'offer.state',
      'proposal.end_reason',
      'proposal.receipt_number',
      'proposal.state',
      'proposal_step.client_request_id',
      'proposal_step.done_at',
      'proposal_step.met',
      'proposal_step.outcome',
      'proposal_step.sent_at',
      'proposal_step.state',
    ])
  })

  it('runs under roles that cannot log in, are no superuser, bypass nothing and own nothing', async () => {
    const { rows } = await asUser(test.owner, (client) =>
      client.query(`select rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb,
        exists (select from pg_class c where c.relowner = r.oid and c.relnamespace = 'countersign'::regnamespace) as owns
        from pg_roles r where rolname in ('countersign_service', 'countersign_jobs') order by 1`),
    )
    const harmless = { rolsuper: false, rolbypassrls: false, rolcanlogin: false, rolcreaterole: false, rolcreatedb: false, owns: false }
    expect(rows).toEqual([
      { rolname: 'countersign_jobs', ...harmless },
      { rolname: 'countersign_service', ...harmless },
    ])
  })

  it('refuses an old server, and a database user who may not become the service', async () => {
    expect(serverProblem(140_019, '14.19')).toBe('The PostgreSQL server is version 14.19; Countersign needs 15 or newer.')
    expect([150_000, 180_004].map((number) => serverProblem(number, ''))).toEqual([undefined, undefined])
    const user = `stranger_${randomUUID().slice(0, 8)}`
    await asUser(test.owner, (client) => client.query(`create role ${user} login password 'x'`))
    const url = test.databaseUrl.replace(/\/\/[^@]*@/, `//${user}:x@`)
    try {
      await expect(openStore({ databaseUrl: url, deploymentKey: testDeploymentKey }, silentLog)).rejects.toThrow(
        `GRANT countersign_service TO ${user};`,
      )
    } finally {
      await asUser(test.owner, (client) => client.query(`drop role ${user}`))
    }
  })

  it('keeps the job queue out of every table of a tenant', async () => {
    await expect(test.store.jobs.executeSql('select * from countersign.tenant')).rejects.toThrow('permission denied')
    expect((await test.store.jobs.executeSql('select current_user as name')).rows).toEqual([{ name: 'countersign_jobs' }])
  })
})
