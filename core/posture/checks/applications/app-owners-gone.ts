import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { overRows, registrationsPage } from '../../rules/application-objects.ts'

export const appOwnersGone = defineCheck({
  id: 'app-owners-gone',
  code: 'APP-20',
  area: 'applications',
  severity: 'medium',
  title: 'Applications are owned by people who are still there',
  failTitle: 'All owners of {count, plural, one {# application} other {# applications}} have left',
  why: 'An application whose owners cannot sign in any more belongs to nobody, and it looks as if it belonged to somebody.',
  reasons: {
    none: 'Every application that has owners has at least one who is still there.',
    some: 'Of {count, plural, one {# application} other {# applications}}, every owner is disabled or gone.',
  },
  objectReason: '{owners, plural, one {Its only owner, {first}, is} other {All its # owners, {first} among them, are}} disabled or gone.',
  remediation: [
    'Ask the team of the last owner who uses the application.',
    'Make a person of that team its owner, or remove it when nobody needs it.',
  ],
  portal: registrationsPage,
  frameworks: {},

  each: ['applicationOwnership'],
  needs: [],
  summary: overRows,
  judge({ row }): RowVerdict {
    const [first] = row.owners
    if (!first || row.owners.some(({ state }) => state !== 'disabled' && state !== 'gone')) return []
    const { type, id, name, basis } = row
    return [{ verdict: 'fail', object: { type, id, name, values: { owners: row.owners.length, first: first.name }, basis: [basis] } }]
  },
})
