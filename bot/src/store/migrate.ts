import { Kysely, PostgresDialect } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import pg from 'pg'
import { messageOf, type Log } from './log.ts'
import { schemaName } from './names.ts'
import { actPlane } from './migrations/004-act-plane.ts'
import { factsAndScans } from './migrations/002-facts-and-scans.ts'
import { findings } from './migrations/003-findings.ts'
import { journal } from './migrations/005-journal.ts'
import { tenants } from './migrations/001-tenants.ts'
import { trustAndEvents } from './migrations/006-trust-and-events.ts'
import { onePersonAChat } from './migrations/007-one-person-a-chat.ts'
import { factsInParts } from './migrations/008-facts-in-parts.ts'
import { time } from './migrations/009-time.ts'
import { aidHealth } from './migrations/011-aid-health.ts'
import { alerts } from './migrations/016-alerts.ts'
import { applicationRiskMigration } from './migrations/014-application-risk.ts'
import { echoReasonsAndHeads } from './migrations/012-echo-reasons-and-heads.ts'
import { savedViews } from './migrations/017-saved-views.ts'
import { suppressions } from './migrations/013-suppressions.ts'
import { ownParameters } from './migrations/015-own-parameters.ts'
import { judgedSuppressions } from './migrations/019-judged-suppressions.ts'
import { peopleAndLists } from './migrations/018-people-and-lists.ts'
import { twoPeopleAndSteps } from './migrations/010-two-people-and-steps.ts'

/** Every migration, in order. A released one is never edited: what follows it is a new one. */
const migrations: Record<string, Migration> = {
  '001-tenants': tenants,
  '002-facts-and-scans': factsAndScans,
  '003-findings': findings,
  '004-act-plane': actPlane,
  '005-journal': journal,
  '006-trust-and-events': trustAndEvents,
  '007-one-person-a-chat': onePersonAChat,
  '008-facts-in-parts': factsInParts,
  '009-time': time,
  '011-aid-health': aidHealth,
  '010-two-people-and-steps': twoPeopleAndSteps,
  '012-echo-reasons-and-heads': echoReasonsAndHeads,
  '014-application-risk': applicationRiskMigration,
  '016-alerts': alerts,
  '013-suppressions': suppressions,
  '015-own-parameters': ownParameters,
  '018-people-and-lists': peopleAndLists,
  '017-saved-views': savedViews,
  '019-judged-suppressions': judgedSuppressions,
}

/** Brings the schema up to date, as the role that owns it. Processes that start together wait for each other. */
export async function migrate(connection: pg.ClientConfig, log: Log): Promise<void> {
  const pool = new pg.Pool({ ...connection, max: 1, options: `-c search_path=${schemaName}`, application_name: 'countersign migrations' })
  pool.on('error', (problem) => log.warn({ problem: problem.message }, 'A database connection was lost'))
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations }, migrationTableSchema: schemaName })
    const { error, results } = await migrator.migrateToLatest()
    const broken = results?.find((result) => result.status === 'Error')
    if (error !== undefined)
      throw new Error(
        `The database could not be brought up to date${broken ? ` (migration ${broken.migrationName})` : ''}: ${messageOf(error)}`,
        { cause: error },
      )
    const done = results?.map((result) => result.migrationName) ?? []
    if (done.length > 0) log.info({ migrations: done }, 'The database was brought up to date')
  } finally {
    await db.destroy()
  }
}

/** Names of the migrations that this version has and the database does not. Looks only. */
export async function pendingMigrations(connection: pg.ClientConfig): Promise<string[]> {
  const pool = new pg.Pool({ ...connection, max: 1, connectionTimeoutMillis: 15_000, application_name: 'countersign doctor' })
  pool.on('error', () => undefined)
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations }, migrationTableSchema: schemaName })
    return (await migrator.getMigrations()).filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name)
  } finally {
    await db.destroy()
  }
}
