import { linkSync, mkdirSync, readFileSync, rmdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { codeOf, isAlive, startTimeOf } from './embedded-process.ts'

const holderSchema = z.object({ pid: z.number().int().positive(), startTime: z.string(), since: z.string() })
type Holder = z.infer<typeof holderSchema>

/** Makes this process the only one on a data directory until `release`; throws, naming the other, when another one lives. A dead holder's lock is taken over. */
export async function lockDataDir(dataDir: string): Promise<{ readonly release: () => void }> {
  const path = join(dataDir, 'countersign.lock')
  const own: Holder = { pid: process.pid, startTime: startTimeOf(process.pid), since: new Date().toISOString() }
  const draft = `${path}.${process.pid}.${performance.now()}`
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 100; attempt++) {
      if (created(() => linkSync(draft, path))) return { release: () => release(path, own) }
      const holder = readHolder(path)
      if (holder && lives(holder)) {
        throw new Error(
          `The data directory ${dataDir} is in use by process ${holder.pid} (since ${holder.since}). Stop that process first, or give this one another COUNTERSIGN_DATA.`,
        )
      }
      removeStale(path)
      await new Promise((resume) => setTimeout(resume, 20))
    }
  } finally {
    unlinkSync(draft)
  }
  throw new Error(`The lock file ${path} could not be taken over. If no Countersign runs on this directory, delete the file.`)
}

/** Two processes may find the same dead holder: only the one that makes the guard directory looks again and deletes. */
function removeStale(path: string): void {
  const guard = `${path}.takeover`
  if (!created(() => mkdirSync(guard))) {
    if (ageOf(guard) > 10_000) rmdirSync(guard)
    return
  }
  try {
    const holder = readHolder(path)
    if (!holder || !lives(holder)) unlinkSync(path)
  } catch (problem) {
    if (codeOf(problem) !== 'ENOENT') throw problem
  } finally {
    rmdirSync(guard)
  }
}

function release(path: string, own: Holder): void {
  const holder = readHolder(path)
  if (holder?.pid === own.pid && holder.startTime === own.startTime) unlinkSync(path)
}

function lives(holder: Holder): boolean {
  if (holder.pid === process.pid && holder.startTime !== startTimeOf(process.pid)) return false
  return isAlive(holder.pid) && startTimeOf(holder.pid) === holder.startTime
}

/** Undefined when there is no lock or its text is not one of ours. */
function readHolder(path: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}

function created(make: () => void): boolean {
  try {
    make()
    return true
  } catch (problem) {
    if (codeOf(problem) === 'EEXIST') return false
    throw problem
  }
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return 0
  }
}
