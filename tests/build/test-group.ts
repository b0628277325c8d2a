import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'

/**
 * Runs the pure tests of a folder and of those below it, as part of the test that calls it: to load the product once for each file would
 * take longer than all of the tests. One alone: `jest --selectProjects one --testPathPatterns <name>`.
 */
export async function runTestsIn(folder: string): Promise<void> {
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => /^[^.]+\.test\.ts$/.test(basename(file)))
    .sort()
  if (files.length === 0) throw new Error(`There is no test in ${folder}.`)
  for (const file of files) await import(join(folder, file))
}
