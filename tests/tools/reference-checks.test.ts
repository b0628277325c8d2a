import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { allows } from '../../emulator/graph/caller.ts'
import { collections } from '../../emulator/graph/collections.ts'
import { checks } from '../../core/posture/checks.ts'
import { factOf, facts } from '../../core/posture/facts.ts'
import { readingRoles } from '../../core/posture/reading-roles.ts'
import { checksPage, columnsOf } from '../../tools/reference-checks.ts'
import { requiredFacts } from '../build/required-facts.ts'

const page = checksPage()
const lines = page.split('\n')

describe('the reference of checks', () => {
  it.each(checks.map((check) => [check.code, check] as const))(
    'lists %s with rule, scopes, role, licence and mappings',
    (number, check) => {
      const columns = columnsOf(check)
      for (const [name, text] of Object.entries(columns)) expect([name, text]).toEqual([name, expect.stringMatching(/\S/)])
      const row = lines.filter((line) => line.startsWith(`| [${number}](#${check.id}) |`))
      expect(row).toHaveLength(1)
      for (const name of ['rule', 'severity', 'scopes', 'roles', 'licence', 'mappings'] as const)
        expect(row[0]).toContain(` ${columns[name]} |`)
      expect(lines.filter((line) => line === `## ${check.id}`)).toHaveLength(1)
    },
  )

  it.each(checks.map((check) => [check.code, check] as const))(
    'says of %s what it declares, and none where it declares nothing',
    (_number, check) => {
      const { scopes, roles, licence, mappings, rule } = columnsOf(check)
      const read = requiredFacts(check)
      const declared = new Set(read.flatMap((id) => factOf(id)?.scopes ?? []))
      for (const scope of declared) expect(scopes).toContain(`\`${scope}\``)
      expect(scopes === 'none').toBe(declared.size === 0)
      for (const id of read) for (const role of readingRoles(id)) expect(roles).toContain(role)
      if (check.licence) expect(licence).toContain(check.licence.toUpperCase())
      for (const [name, ids] of Object.entries(check.frameworks)) expect(mappings).toContain(`${name}: ${ids.join(', ')}`)
      expect(rule.length).toBeGreaterThan(15)
    },
  )
})

const roleRows = z.array(z.object({ id: z.string(), name: z.string(), actions: z.array(z.string()) }))
const builtIn = roleRows.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../emulator/data/directory-roles.json'), 'utf8')))
const readers = ['Directory Readers', 'Reports Reader', 'Security Reader', 'Global Reader']

describe('roles that may read', () => {
  it.each(facts.map(({ id, source }) => [id, source.path] as const))('%s: those whose actions are enough', (id, path) => {
    // One object is read as the list is that holds it.
    const paths = [path, path.replace(/\/\{id\}$/, '')]
    const entry = collections.find((candidate) => paths.includes(`/${candidate.path.replace(/\{[^}]+\}/g, '{id}')}`))
    if (!entry) throw new Error(`Nothing is known of ${path}.`)
    const may = builtIn
      .filter(({ actions }) =>
        allows({ id: 'role', isEnabled: true, rolePermissions: [{ allowedResourceActions: actions }] }, entry.readAction),
      )
      .map(({ name }) => name)
    const narrow = readers.filter((name) => may.includes(name))
    // Where every member may, nobody needs a role; where no reader may, the two that do are named.
    expect(readingRoles(id)).toEqual(may.includes('User') ? [] : narrow.length > 0 ? narrow : may)
  })
})
