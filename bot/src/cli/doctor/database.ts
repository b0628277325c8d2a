import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { loadDeploymentKey, type Config } from '../../config.ts'
import { silentLog } from '../../log.ts'
import { openStore, type Store } from '../../store/database.ts'
import { lookAtDatabase } from '../../store/inspect.ts'
import { ok, problem, unknown, type DoctorLine } from './line.ts'
import { nearestExisting } from './machine.ts'

export interface DatabaseAnswer {
  readonly line: DoctorLine
  /** Open, to be closed by the caller; undefined when nothing more can be read. */
  readonly store: Store | undefined
}

const subject = { id: 'database', title: 'Database' }

/** Looks at the database and opens it when that changes nothing. The built-in one belongs to the running service alone. */
export async function lookAtStore(config: Config, isRunning: boolean): Promise<DatabaseAnswer> {
  if ('dataDir' in config.store) {
    if (isRunning) return only(ok(subject, 'The running service holds the built-in database, and answers; it was asked instead.'))
    const early = beforeOpening(config, config.store.dataDir)
    if (early) return only(early)
  }
  try {
    const look = await lookAtDatabase(config.store, silentLog)
    if (!look.isNewEnough) return only(problem(subject, `PostgreSQL is version ${look.serverVersion}.`, 'Use PostgreSQL 15 or newer.'))
    if (look.pendingMigrations.length > 0) {
      const count = look.pendingMigrations.length
      return only(
        ok(
          subject,
          `PostgreSQL ${look.serverVersion} answers; the next start of the service brings it up to date (${count} ${count === 1 ? 'step' : 'steps'}).`,
        ),
      )
    }
    const store = await openStore({ ...config.store, deploymentKey: loadDeploymentKey(config) }, silentLog)
    return { line: ok(subject, `PostgreSQL ${look.serverVersion} answers and is up to date.`), store }
  } catch (error) {
    return only(
      problem(
        subject,
        error instanceof Error ? error.message : String(error),
        'databaseUrl' in config.store
          ? 'Check DATABASE_URL and that its user owns the database.'
          : 'Read postgres.log in the data directory if the sentence does not say enough.',
      ),
    )
  }
}

/** What decides about the data directory before a server is started in it; undefined when it can be opened. */
function beforeOpening(config: Config, dataDir: string): DoctorLine | undefined {
  const place = nearestExisting(dataDir)
  const found = statSync(place)
  if (!found.isDirectory()) return problem(subject, `${place} is a file.`, 'Point COUNTERSIGN_DATA at a folder.')
  if (!mayWrite(place))
    return problem(
      subject,
      `This account may not write to ${place}.`,
      'Give the account that runs the service the folder, or choose another COUNTERSIGN_DATA.',
    )
  const hasDatabase = place === dataDir && readdirSync(dataDir).some((name) => /^postgres-\d+$/.test(name))
  if (!hasDatabase) return ok(subject, `There is none yet; the first start of the service makes it in ${dataDir}.`)
  const own = process.getuid?.()
  if (own !== undefined && found.uid !== own)
    return unknown(
      subject,
      `${dataDir} belongs to another account (user id ${found.uid}), so it was left alone.`,
      'Run the doctor as the account that runs the service.',
    )
  if (config.deploymentKey === null && !existsSync(join(dataDir, 'deployment.key')))
    return problem(
      subject,
      `The file deployment.key is missing in ${dataDir}; without it the stored secrets cannot be read.`,
      'Restore it from a backup.',
    )
  return undefined
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

function only(line: DoctorLine): DatabaseAnswer {
  return { line, store: undefined }
}
