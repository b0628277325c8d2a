import { readFileSync } from 'node:fs'

/** Whether a process runs; one that is dead and only waits to be collected (zombie) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (problem) {
    if (codeOf(problem) === 'ESRCH') return false
  }
  return processStat(pid)?.state !== 'Z'
}

/** Start time of a process in clock ticks since boot, '' where the system does not say: with the pid it names one process for ever. */
export function startTimeOf(pid: number): string {
  return processStat(pid)?.startTime ?? ''
}

/** The command line of a process, [] where the system does not say. Unlike /proc/<pid>/exe it can be read across accounts without further rights. */
export function commandLineOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean)
  } catch {
    return []
  }
}

/** Waits until `done` answers true; false after the time. */
export async function waitUntil(done: () => boolean, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds
  while (!done()) {
    if (performance.now() > end) return false
    await new Promise((resume) => setTimeout(resume, 20))
  }
  return true
}

export function codeOf(problem: unknown): string {
  return typeof problem === 'object' && problem !== null && 'code' in problem ? String(problem.code) : ''
}

/** proc(5): the name in parentheses may hold anything; behind it state is field 3 and starttime field 22. */
function processStat(pid: number): { readonly state: string; readonly startTime: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', startTime: fields[19] ?? '' }
  } catch {
    return undefined
  }
}
