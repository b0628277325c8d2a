/** Writes docs/reference from the catalogues; with --check it writes nothing and fails when a page is out of date. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { format } from 'prettier'
import { checksPage } from './reference-checks.ts'
import { actionsPage, claimsPage, factsPage, permissionsPage, routesPage } from './reference-pages.ts'

const root = join(import.meta.dirname, '..')
const check = process.argv.includes('--check')

const pages: Readonly<Record<string, () => string>> = {
  'docs/reference/facts.md': factsPage,
  'docs/reference/checks.md': checksPage,
  'docs/reference/actions.md': actionsPage,
  'docs/reference/claims.md': claimsPage,
  'docs/reference/permissions.md': permissionsPage,
  'docs/reference/http.md': routesPage,
}

const outdated: string[] = []
for (const [file, page] of Object.entries(pages)) {
  const text = await format(`${page()}\n`, { parser: 'markdown', proseWrap: 'never' })
  if (check) {
    if (read(file) !== text) outdated.push(file)
    continue
  }
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}
if (outdated.length > 0) {
  console.error(`Out of date: ${outdated.join(', ')}. Run npm run docs and commit what it writes.`)
  process.exit(1)
}

function read(file: string): string {
  try {
    return readFileSync(join(root, file), 'utf8')
  } catch {
    return ''
  }
}
