import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { setTimeout as wait } from 'node:timers/promises'
import { openStore } from '../../../bot/src/store/database.ts'
import { appendEvent, cursorOf, deleteEventsBefore, eventsAfter, listen, moveCursor, newestEvent } from '../../../bot/src/store/outbox.ts'
import { readTx, writeTx } from '../../../bot/src/store/transaction.ts'
import { asUser, openTestStore, silentLog, testDeploymentKey, type TestStore } from './test-store.ts'
import { waitedFor } from './waited-for.ts'

const at = '2026-11-20T10:00:00.000Z'
let test: TestStore
beforeAll(async () => void (test = await openTestStore()))
afterAll(() => test.close())

/** As long as the test's own limit lets it. */
async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) await wait(10)
}

describe('events', () => {
  it('are there with the change, and never without it', async () => {
    const tenant = await test.newTenant()
    await writeTx(test.store, tenant, async (tx) => {
      appendEvent(tx, 'scan.started', 's1', at)
      appendEvent(tx, 'scan.finished', 's1', at)
    })
    await expect(
      writeTx(test.store, tenant, async (tx) => {
        appendEvent(tx, 'scan.failed', 's1', at)
        throw new Error('rolled back')
      }),
    ).rejects.toThrow('rolled back')
    const events = await readTx(test.store, tenant, (tx) => eventsAfter(tx, 0))
    expect(events.map(({ kind, subjectId, at: time }) => [kind, subjectId, time])).toEqual([
      ['scan.started', 's1', at],
      ['scan.finished', 's1', at],
    ])
    expect(await readTx(test.store, tenant, newestEvent)).toBe(events.at(-1)?.seq)
  })

  it('reach a reader with a cursor without loss, whatever commits at the same time', async () => {
    const tenant = await test.newTenant()
    const read: string[] = []
    let cursor = 0
    let writing = true
    const reader = (async () => {
      for (let last = false; !last;) {
        last = !writing
        const events = await readTx(test.store, tenant, (tx) => eventsAfter(tx, cursor, 7))
        read.push(...events.map(({ subjectId }) => subjectId))
        cursor = events.at(-1)?.seq ?? cursor
        if (events.length === 7) last = false
      }
    })()
    await Promise.all(
      Array.from({ length: 60 }, (_each, index) =>
        writeTx(test.store, tenant, async (tx) => {
          appendEvent(tx, 'finding.changed', `e${index}`, at)
          await wait(index % 7)
        }),
      ),
    )
    writing = false
    await reader
    expect(read).toHaveLength(60)
    expect(new Set(read).size).toBe(60)
  })

  it('are never overtaken: a later number is not readable before an earlier one', async () => {
    const tenant = await test.newTenant()
    const change = (subject: string) => writeTx(test.store, tenant, async (tx) => appendEvent(tx, 'finding.changed', subject, at))
    let changes: readonly Promise<unknown>[] = []
    await asUser(test.owner, async (client) => {
      await client.query(`create or replace function countersign.slow() returns trigger language plpgsql as $$
          begin if new.subject_id = 'slow' then perform pg_advisory_xact_lock(7); end if; return new; end $$;
        create or replace trigger slow after insert on countersign.event for each row execute function countersign.slow()`)
      // The slow one has its number and cannot commit before it is let go; the quick one comes after it.
      await client.query('select pg_advisory_lock(7)')
      changes = [change('slow')]
      await waitedFor(test, 1)
      changes = [...changes, change('quick')]
      await waitedFor(test, 2)
      expect(await readTx(test.store, tenant, (tx) => eventsAfter(tx, 0))).toEqual([])
    })
    await Promise.all(changes)
    expect((await readTx(test.store, tenant, (tx) => eventsAfter(tx, 0))).map(({ subjectId }) => subjectId)).toEqual(['slow', 'quick'])
  })

  it('wake every process with the tenant and the number, again after a lost connection', async () => {
    const tenant = await test.newTenant()
    const other = await openStore({ databaseUrl: test.databaseUrl, deploymentKey: testDeploymentKey }, silentLog)
    const heard: string[] = []
    let reconnects = 0
    const listening = await listen(
      other,
      (tenantId, seq) => heard.push(`${tenantId} ${seq}`),
      () => void reconnects++,
    )
    const change = () => writeTx(test.store, tenant, async (tx) => appendEvent(tx, 'proposal.changed', 'p', at))
    await change()
    await until(() => heard.length === 1)
    expect(heard[0]).toBe(`${tenant.tenantId} ${await readTx(test.store, tenant, newestEvent)}`)

    await asUser(test.owner, (client) =>
      client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query = 'listen countersign_events'`,
      ),
    )
    await until(() => reconnects === 1)
    await change()
    await until(() => heard.length === 2)
    await listening.close()
    await other.close()
  })

  it('keep a cursor per reader, and numbers rising after old ones were deleted', async () => {
    const tenant = await test.newTenant()
    await writeTx(test.store, tenant, async (tx) => appendEvent(tx, 'aid.changed', 'a', at))
    const before = await readTx(test.store, tenant, newestEvent)
    await writeTx(test.store, tenant, (tx) => moveCursor(tx, 'chat/notify', before))
    await writeTx(test.store, tenant, (tx) => deleteEventsBefore(tx, '2026-11-21T00:00:00.000Z'))
    expect(await readTx(test.store, tenant, (tx) => eventsAfter(tx, 0))).toEqual([])
    await writeTx(test.store, tenant, async (tx) => appendEvent(tx, 'aid.changed', 'b', at))
    await readTx(test.store, tenant, async (tx) => {
      expect(await cursorOf(tx, 'engine/alerts')).toBe(0)
      expect((await eventsAfter(tx, await cursorOf(tx, 'chat/notify'))).map(({ subjectId }) => subjectId)).toEqual(['b'])
    })
  })
})
