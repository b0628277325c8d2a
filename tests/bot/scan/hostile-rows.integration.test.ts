import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { checks } from '../../../core/posture/checks.ts'
import { readJson } from '../../../core/parse-json.ts'
import { inProcessGraph, type InProcessGraph } from '../../../emulator/graph/in-process.ts'
import { openTestStore, type TestStore } from '../store/test-store.ts'
import { factsOf, scanDependencies, scanOnce, type ScanEnd } from './scan-world.ts'

/** Answers that no honest Graph gives. A scan ends with stored facts or with ones it could not read, never in an exception. */

const isDrill = process.env['DRILL'] === '1'
/** Each takes a scan of its own: one of a kind every day, all of them in the drill. */
function ofAKind<Case>(...cases: readonly Case[]): readonly Case[] {
  return isDrill ? cases : cases.slice(0, 1)
}

const now = Date.parse('2026-11-22T12:00:00Z')
const tenantName = 'contoso-demo'

let test: TestStore
beforeAll(async () => void (test = await openTestStore()))
afterAll(() => test.close())

type Change = (name: string, value: unknown, holder: Readonly<Record<string, unknown>>) => unknown

/** Every member of every row, as the change wants it. */
function changed(value: unknown, change: Change): unknown {
  if (Array.isArray(value)) return value.map((item) => changed(item, change))
  if (typeof value !== 'object' || value === null) return value
  const holder: Readonly<Record<string, unknown>> = { ...value }
  return Object.fromEntries(Object.entries(holder).map(([name, member]) => [name, change(name, changed(member, change), holder)]))
}

/** Graph with its answers changed on the way; links and counts stay as they are. */
function spoilt(graph: InProcessGraph, inText: (text: string) => string): InProcessGraph {
  return {
    ...graph,
    async fetch(input, init) {
      const answer = await graph.fetch(input, init)
      const text = await answer.text()
      if (!answer.ok || !text.startsWith('{')) return new Response(text === '' ? null : text, answer)
      return new Response(inText(text), { status: answer.status, headers: { 'content-type': 'application/json' } })
    },
  }
}

function rows(change: Change): (text: string) => string {
  return (text) => {
    const inRows: Change = (name, value, holder) => (name.startsWith('@odata.') ? value : change(name, value, holder))
    return JSON.stringify(changed(readJson(text), inRows))
  }
}

const isName = (name: string): boolean => /^(displayName|userDisplayName|description|hint)$/.test(name)
const isId = (name: string): boolean => name === 'id'

async function scanned(
  inText: (text: string) => string,
): Promise<ScanEnd & { readonly tenant: Awaited<ReturnType<TestStore['newTenant']>> }> {
  const tenant = await test.newTenant()
  const graph = inProcessGraph({ tenants: [tenantName], now: () => now })
  return { ...(await scanOnce(scanDependencies(test.store, spoilt(graph, inText), tenantName), tenant)), tenant }
}

let sound: ScanEnd
beforeAll(async () => void (sound = await scanned((text) => text)))

/** What passes now and did not before. */
function better({ results }: ScanEnd): readonly string[] {
  const passes = ({ results: from }: ScanEnd, id: string): boolean => from.get(id)?.verdict === 'pass'
  return checks.map(({ id }) => id).filter((id) => results.get(id)?.verdict === 'pass' && !passes(sound, id))
}

describe('names and texts', () => {
  it.each(
    ofAKind(
      { what: 'U+0000 and half a surrogate pair', text: 'a\u0000b\uD800' },
      { what: 'half a surrogate pair alone', text: '\uD800' },
      { what: 'two thousand letters', text: 'x'.repeat(2000) },
    ),
  )('of $what are stored, and change no verdict', async ({ text }) => {
    const end = await scanned(rows((name, value) => (isName(name) && typeof value === 'string' ? text : value)))
    expect(end.scan.state).toBe('finished')
    expect(end.reads.filter(({ state }) => state !== 'read')).toEqual([])
    const verdicts = ({ results }: ScanEnd) => [...results].map(([id, { verdict }]) => `${id} ${verdict}`)
    expect(verdicts(end)).toEqual(verdicts(sound))
    expect(
      Object.values(await factsOf(test.store, end.tenant, end.scan.id)).filter(({ state }) => state === 'read').length,
    ).toBeGreaterThan(40)
  })

  it('of a hundred thousand letters are no names: the facts that hold them are unread', async () => {
    const end = await scanned(rows((name, value, { id }) => (isName(name) && String(id).startsWith('a') ? 'x'.repeat(100_000) : value)))
    expect(end.scan.state).toBe('finished')
    expect(end.reads.some(({ state, reason }) => state === 'unread' && reason === 'shape')).toBe(true)
    expect(better(end)).toEqual([])
  })
})

describe('ids', () => {
  it.each(
    ofAKind(
      { what: 'with halves of surrogate pairs', of: (id: string) => `${id}${String.fromCharCode(0xd800 + (id.charCodeAt(0) % 64))}` },
      { what: 'with U+0000', of: (id: string) => `${id}\u0000` },
      { what: 'of ten thousand letters', of: (id: string) => id.repeat(300) },
    ),
  )('$what are none: the facts are unread, and nothing passes for it', async ({ of }) => {
    const end = await scanned(rows((name, value) => (isId(name) && typeof value === 'string' ? of(value) : value)))
    expect(end.scan.state).toBe('finished')
    expect(end.reads.filter(({ state, reason }) => state === 'unread' && reason === 'shape').length).toBeGreaterThan(10)
    expect(better(end)).toEqual([])
  })

  it('of two rows that differ in capitals alone leave the fact unread', async () => {
    const end = await scanned((text) => {
      const body = Object(readJson(text))
      if (!Array.isArray(body.value)) return text
      const twice = body.value.flatMap((row: unknown) =>
        typeof Object(row).id === 'string' ? [row, { ...Object(row), id: Object(row).id.toUpperCase() }] : [row],
      )
      return JSON.stringify({ ...body, value: twice })
    })
    expect(end.scan.state).toBe('finished')
    expect(better(end)).toEqual([])
  })

  it('of groups that a policy leaves out are asked for as they are, or the policies are unread', async () => {
    for (const id of ofAKind('\uD800', '../../me')) {
      const end = await scanned(rows((name, value) => (name === 'excludeGroups' ? [id] : value)))
      expect([id, end.scan.state]).toEqual([id, 'finished'])
      // A group that the tenant does not have lets nobody past.
      expect(better(end).filter((check) => check !== 'policy-groups-protected')).toEqual([])
    }
  })
})

describe('members', () => {
  it.each(ofAKind('toString', '__proto__'))('called %s are left where they are', async (member) => {
    const end = await scanned((text) =>
      text.replaceAll('{"id":', `{${JSON.stringify(member)}:{"toString":1,"length":{"toString":1}},"id":`),
    )
    expect(end.scan.state).toBe('finished')
    expect(end.results).toEqual(sound.results)
  })

  it('nested ever so deeply leave a fact unread at most', async () => {
    const deep = `${'{"in":'.repeat(20_000)}1${'}'.repeat(20_000)}`
    const end = await scanned((text) => text.replace('{"id":', `{"displayName":${deep},"id":`))
    expect(end.scan.state).toBe('finished')
    expect(better(end)).toEqual([])
  })
})
