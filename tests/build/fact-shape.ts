import { expect, it } from '@jest/globals'
import type { Fact } from '../../core/posture/fact.ts'
import { parseRows } from '../../core/posture/parse.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/**
 * What every fact promises of its rows: an answer in Graph's documented shape gives these rows and parses again to the same; a row without a
 * member in use, or with one of another type, leaves the fact unread and is named. `required` holds paths of members, such as 'owners.0.id'.
 */
export function keepsItsShape(fact: Fact, answer: Json, rows: readonly Json[], required: readonly string[]): void {
  it('takes the fields in use from an answer of Graph, and parsing again changes nothing', () => {
    const parsed = parseRows(fact, [answer])
    if (!parsed.ok) throw new Error(parsed.detail)
    expect(JSON.parse(JSON.stringify(parsed.rows))).toEqual(rows)
    expect(parseRows(fact, parsed.rows)).toEqual(parsed)
  })

  it.each(required)('refuses a row where %s is missing or of another type, and says where', (path) => {
    for (const instead of [undefined, path.endsWith('.0') ? null : 7.5, { x: [] }]) {
      const parsed = parseRows(fact, [changed(answer, path.split('.'), instead)])
      expect(parsed).toMatchObject({ ok: false, detail: expect.stringContaining(path) })
    }
  })
}

function changed(value: Json, [name, ...rest]: readonly string[], instead: Json | undefined): Json {
  if (typeof value !== 'object' || value === null || name === undefined) throw new Error('The path does not lead to a member.')
  if (isList(value)) return value.map((item, index) => (String(index) === name ? changed(item, rest, instead) : item))
  const entries = Object.entries(value).filter(([key]) => key !== name || rest.length > 0 || instead !== undefined)
  return Object.fromEntries(
    entries.map(([key, member]) => {
      if (key !== name) return [key, member]
      return [key, rest.length > 0 ? changed(member, rest, instead) : (instead ?? null)]
    }),
  )
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
