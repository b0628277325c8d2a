import { beforeAll, describe, expect, it } from '@jest/globals'
import { readJson } from '../../../core/parse-json.ts'
import { checks } from '../../../core/posture/checks.ts'
import { explain } from '../../../core/posture/explain.ts'
import { facts } from '../../../core/posture/facts.ts'
import type { Fact } from '../../../core/posture/fact.ts'
import { parseRow } from '../../../core/posture/parse.ts'
import { judgeDemoTenant, readDemoTenant } from '../../build/demo-tenant.ts'
import type { DemoTenant } from '../../build/demo-tenant.ts'

/** Every member of what Graph answers, at every depth, in another shape: read as it is or refused in words, never an exception. */

const list: readonly Fact[] = facts
/** On an ordinary day a third of the values at each place, others at the next one; all of them in the drill. */
const shares = process.env['DRILL'] === '1' ? 1 : 3
const gone = Symbol('gone')
const nested = (levels: number): unknown => readJson(`${'['.repeat(levels)}${']'.repeat(levels)}`)
const values: readonly unknown[] = [
  ...[gone, null, {}, [], '', ' ', 0, -1, 0.5, 1e308, 2 ** 53, readJson('1e999'), true, false, [null], [[]], [{}]],
  ...['a\u0000b', '\uD800', '\u202Eb', 'x'.repeat(1900), 'x'.repeat(100_000), 'unknownFutureValue', '__proto__', 'constructor', 'toString'],
  ...['0000-00-00T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.9999999Z', '2026-02-30T00:00:00Z', '#microsoft.graph.device'],
  ...[
    nested(2000),
    readJson('{"toString":1,"length":{"toString":1},"__proto__":{"isEnabled":true},"constructor":1,"then":1}'),
    { length: -1 },
  ],
]

let tenant: DemoTenant
beforeAll(async () => void (tenant = await readDemoTenant('contoso-demo')))

function rowsOf({ id }: Fact): readonly unknown[] {
  const rows = (tenant.given as Readonly<Record<string, readonly unknown[] | string | undefined>>)[id]
  return Array.isArray(rows) ? rows : []
}

type Path = readonly string[]

/** Each place once, as the first row that has it shows it; places of a list count as one. */
function placesIn(rows: readonly unknown[]): readonly { readonly row: unknown; readonly path: Path }[] {
  const seen = new Map<string, { readonly row: unknown; readonly path: Path }>()
  const walk = (row: unknown, value: unknown, path: Path, name: string): void => {
    if (path.length > 0 && !seen.has(name)) seen.set(name, { row, path })
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) walk(row, inner, [...path, key], `${name}.${Array.isArray(value) ? '*' : key}`)
  }
  for (const row of rows) walk(row, row, [], '')
  return [...seen.values()]
}

/** Whether the fact's schema keeps what stands there; the rest of an answer is dropped unread. */
function isKeptBy(fact: Fact): (place: { readonly row: unknown; readonly path: Path }) => boolean {
  return ({ row, path }) => {
    let kept: unknown = fact.row.parse(row)
    for (const name of path) kept = Object(kept)[name]
    return kept !== undefined
  }
}

function changed(value: unknown, [name, ...rest]: Path, to: unknown): unknown {
  if (name === undefined) return to
  const members: Readonly<Record<string, unknown>> = { ...Object(value) }
  const next = changed(members[name], rest, to)
  if (Array.isArray(value)) return next === gone ? value.toSpliced(Number(name), 1) : value.with(Number(name), next)
  return Object.fromEntries(Object.entries({ ...members, [name]: next }).filter(([, member]) => member !== gone))
}

describe('one field of a row in another shape', () => {
  it('is read or refused, and what was read is read again', () => {
    const counts = { read: 0, refused: 0 }
    for (const fact of list)
      for (const [place, { row, path }] of placesIn(rowsOf(fact)).filter(isKeptBy(fact)).entries())
        for (const value of values.filter((_, index) => index % shares === place % shares)) {
          const parsed = parseRow(fact, changed(row, path, value), 0)
          counts[parsed.ok ? 'read' : 'refused'] += 1
          if (!parsed.ok) {
            const isClear = parsed.detail.startsWith(`${fact.source.path}, row 1`) && parsed.detail.length < 1000
            if (!isClear) expect(parsed.detail).toBe('a short sentence that names the path and the row')
          } else if (fact.key(parsed.row) === '') expect(`${fact.id} ${path.join('.')}`).toBe('a row with a key')
          else if (!parseRow(fact, parsed.row, 0).ok) expect(`${fact.id} ${path.join('.')}`).toBe('read again')
        }
    expect(counts.read).toBeGreaterThan(4000 / shares)
    expect(counts.refused).toBeGreaterThan(10_000 / shares)
  })
})

describe('one fact whose every text, time and switch is spoilt', () => {
  const spoilt = (value: unknown, text: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => spoilt(item, text))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([name, member]) => [name, /^(id|.*Id)$/.test(name) ? member : spoilt(member, text)]),
      )
    return typeof value === 'string' ? text : value
  }

  it.each(list.map(({ id }) => id))('%s never ends the judging, and each verdict has its sentence', (id) => {
    const fact = list.find((one) => one.id === id)
    const rows = fact ? rowsOf(fact) : []
    const results = judgeDemoTenant(tenant, { [id]: rows.map((row) => spoilt(row, 'unknownFutureValue')) })
    expect(results).toHaveLength(checks.length)
    for (const { checkId, outcome } of results) {
      const check = checks.find((one) => one.id === checkId)
      if (check && outcome.verdict !== 'unknown') expect(explain(check, outcome).reason).toMatch(/^[^{}]{6,}$/)
    }
  })
})
