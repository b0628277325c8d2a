/**
 * The types of every project, each file by the rules of the project that owns it; what no project owns, such as the emulator, is checked
 * where it is imported. TypeScript 7 does it, a third of the work that version 6 has with it; the linter and tests that read code need 6.
 * What was found is kept in `.cache`, and looked for again in changed files only.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const compiler = join(root, 'node_modules', 'typescript-7', 'bin', 'tsc')
const projects = { core: 'core', bot: 'bot', root: '.', ui: 'ui', teamsapp: 'teamsapp' }

/** Whether nothing is wrong in a project and what it imports; complaints are printed. On one thread, because several check what they share twice. */
function holds([name, folder]: readonly [string, string]): boolean {
  const kept = join('.cache', `types-7-${name}.tsbuildinfo`)
  const words = [compiler, '-p', folder, '--singleThreaded', '--pretty', 'false', '--tsBuildInfoFile', kept]
  const { status, signal, error } = spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit' })
  if (error ?? signal)
    throw new Error(`TypeScript did not finish in the project ${name}: ${error?.message ?? `it was ended by ${signal}`}.`)
  return status === 0
}

process.exitCode = Object.entries(projects).filter((project) => !holds(project)).length > 0 ? 1 : 0
