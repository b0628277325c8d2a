/**
 * A folder of the run's own that is kept in memory, where the system offers one that is large enough. The tests make and remove hundreds of
 * databases and profiles: on a disk that costs more than what they prove.
 */
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { freemem } from 'node:os'
import { join } from 'node:path'

const parent = '/dev/shm'
const prefix = 'countersign-run-'
/** A daily run holds less than 2 GiB at a time; as much again is left to the machine. */
const neededBytes = 4 * 2 ** 30

/** Its path; it is gone when this process ends. Undefined where files had better stay on the disk. */
export function openMemoryFolder() {
  if (!isFit()) return undefined
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(prefix))) {
    // What a killed run has left.
    if (!isAlive(Number(name.slice(prefix.length)))) remove(join(parent, name))
  }
  const path = join(parent, `${prefix}${process.pid}`)
  mkdirSync(path)
  // The built-in database runs as another account when the tests run as root, and has to get through.
  chmodSync(path, 0o755)
  process.once('exit', () => remove(path))
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
  return path
}

/** Large enough, and programs may be started from it: PostgreSQL's are copied next to its data where its account cannot reach the project. */
function isFit() {
  try {
    const [, , , options = ''] = mountOf(parent) ?? []
    if (!options.includes('rw') || options.includes('noexec')) return false
    const { bavail, bsize } = statfsSync(parent)
    return bavail * bsize >= neededBytes && (process.availableMemory?.() ?? freemem()) >= neededBytes
  } catch {
    return false
  }
}

/** The fields of proc(5)'s line on a mount point. */
function mountOf(path) {
  const lines = readFileSync('/proc/self/mounts', 'utf8').split('\n')
  return lines.map((line) => line.split(' ')).findLast(([, place, type]) => place === path && type === 'tmpfs')
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (problem) {
    return problem.code !== 'ESRCH'
  }
}

/** Files of a database that is just ending may come back once. */
function remove(path) {
  rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
