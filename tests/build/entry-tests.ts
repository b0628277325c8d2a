import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Runs the test of every entry in a folder, as part of the test that calls it: to load the product once for each entry would take longer
 * than all of the tests. One alone: `jest --selectProjects entry --testPathPatterns <id>`.
 */
export async function runEntryTests(folder: string): Promise<void> {
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
  if (files.length === 0) throw new Error(`There is no test in ${folder}.`)
  for (const file of files) await import(join(folder, file))
}
