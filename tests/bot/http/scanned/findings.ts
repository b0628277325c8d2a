import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { z } from 'zod'
import { listFindingObjects, type ObjectRow } from '../../../../core/api/finding-objects.ts'
import { findingSchema, listFindings } from '../../../../core/api/findings.ts'
import { overviewSchema } from '../../../../core/api/posture.ts'
import { problemSchema } from '../../../../core/api/problem.ts'
import { listViews, mostViews, savedViewSchema } from '../../../../core/api/saved-views.ts'
import { getTimeline } from '../../../../core/api/timeline.ts'
import { readCsv } from '../../../core/report/csv-reader.ts'
import type { Api } from '../../service.ts'
import { by, newestScan } from '../../shared-stack.ts'

type Name = Parameters<typeof by>[0]

async function page(api: Api, query: string): Promise<z.output<typeof listFindingObjects.answer>> {
  return listFindingObjects.answer.parse((await api.get(`/api/findings/objects?${query}`)).body)
}

async function all(api: Api, query: string, limit: number): Promise<ObjectRow[]> {
  const rows: ObjectRow[] = []
  for (let cursor = ''; ;) {
    const { objects, next } = await page(api, `${query}&limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`)
    rows.push(...objects)
    if (next === null) return rows
    cursor = next
  }
}

describe('findings by object', () => {
  beforeAll(newestScan)

  it.each(['severity', '-firstSeen', 'object', '-adds', 'state', 'area'])(
    'ordered by %s: pages of any size make the whole',
    async (order) => {
      const { total, objects } = await page(by('ada'), `order=${order}&limit=1000`)
      expect(total).toBeGreaterThan(50)
      const keys = (await all(by('ada'), `order=${order}`, 37)).map(({ findingKey }) => findingKey)
      expect(keys).toEqual(objects.map(({ findingKey }) => findingKey))
      expect(new Set(keys).size).toBe(total)
    },
  )

  it('what a facet counts is what its filter lists, and the list by check counts the same', async () => {
    const { facets } = await page(by('ada'), 'limit=1')
    for (const name of ['severity', 'area', 'state', 'type', 'framework', 'licence', 'fixable'] as const) {
      const values = facets?.[name] ?? []
      expect([name, values.length > 0]).toEqual([name, true])
      for (const { value, count } of values.slice(0, 3)) {
        const { total } = await page(by('ada'), `limit=1&${name}=${value}`)
        expect([name, value, total]).toEqual([name, value, count])
      }
    }
    const high = listFindings.answer.parse((await by('ada').get('/api/findings?severity=high&state=open,returned')).body)
    const { total } = await page(by('ada'), 'limit=1&severity=high&state=open,returned')
    expect(high.findings.reduce((sum, { open }) => sum + open, 0)).toBe(total)
  })

  it('finds by policy id, by name and by the words of the check', async () => {
    const { facets } = await page(by('ada'), 'limit=1&framework=scuba')
    const [policy] = facets?.policy ?? []
    expect(policy?.value).toMatch(/^MS\./)
    expect((await page(by('ada'), `limit=1&framework=scuba&policy=${policy?.value ?? ''}`)).total).toBe(policy?.count)
    expect((await page(by('ada'), `limit=1&search=${policy?.value ?? ''}`)).total).toBeGreaterThan(0)
    const { objects } = await page(by('ada'), 'limit=5&search=APP-01')
    expect(objects.every(({ code }) => code === 'APP-01')).toBe(true)
  })

  it('names what it does not understand, and takes no cursor of another order', async () => {
    const refused = await by('ada').get('/api/findings/objects?severity=grave')
    expect([refused.status, problemSchema.parse(refused.body).errors?.[0]?.message]).toEqual([
      400,
      expect.stringContaining('must be one or more of critical'),
    ])
    const { next } = await page(by('ada'), 'limit=2&order=object')
    expect((await by('ada').get(`/api/findings/objects?limit=2&order=severity&cursor=${next ?? ''}`)).status).toBe(400)
    expect((await by('ada').get('/api/findings/objects?cursor=nonsense')).status).toBe(400)
    for (const place of [
      ['severity', 1, 'a\u0000'],
      ['object', 'a\u0000', 'a'],
      ['object', 'a', '\ud800'],
    ]) {
      const cursor = Buffer.from(JSON.stringify(place)).toString('base64url')
      expect((await by('ada').get(`/api/findings/objects?order=${String(place[0])}&cursor=${cursor}`)).status).toBe(400)
    }
  })

  it('is written as CSV: each finding once, and nothing that a spreadsheet would run', async () => {
    const { total } = await page(by('ada'), 'limit=1&severity=high')
    const file = await by('ada').get('/api/findings/csv?severity=high')
    expect(file.headers.get('content-type')).toContain('text/csv')
    const lines = readCsv(String(file.body))
    expect(Object.keys(lines[0] ?? {}).slice(0, 3)).toEqual(['Severity', 'Code', 'Check'])
    expect(lines).toHaveLength(total ?? -1)
    const cells = lines.flatMap((line) => Object.values(line))
    expect(cells.filter((cell) => /^\s*[=+\-@]/.test(cell) && Number.isNaN(Number(cell)))).toEqual([])
  })

  it('is for those who see findings, and shows another tenant nothing', async () => {
    expect((await by('cleo').get('/api/findings/objects')).status).toBe(403)
    expect((await by('cleo').get('/api/findings/csv')).status).toBe(403)
    expect((await page(by('eve'), 'limit=10')).total).toBe(0)
  })

  it('tells of the tenant itself on the page of a finding what was found, as the lists do', async () => {
    const { objects } = await page(by('ada'), 'limit=5&type=tenant&state=open')
    expect(objects.length).toBeGreaterThan(0)
    for (const { checkId, title } of objects) {
      const { affected } = findingSchema.parse((await by('ada').get(`/api/findings/${checkId}`)).body)
      expect(affected.map(({ because }) => because)).toEqual([title])
    }
  })

  it('tells on the page of a finding what else is found about its objects', async () => {
    const { objects } = await page(by('ada'), 'limit=1000&type=application,servicePrincipal,user&state=open')
    const byObject = new Map<string, Set<string>>()
    for (const { objectId, checkId } of objects) byObject.set(objectId, (byObject.get(objectId) ?? new Set()).add(checkId))
    const [one = '', other = ''] = [...([...byObject.values()].find((checks) => checks.size > 1) ?? [])]
    const { related = [] } = findingSchema.parse((await by('ada').get(`/api/findings/${one}`)).body)
    expect(related.find(({ because }) => because === 'sameObject')?.shared).toBeGreaterThan(0)
    expect([...related.map(({ checkId }) => checkId), related.length >= 8 ? other : '']).toContain(other)
  })
})

describe('saved views and the score to reach', () => {
  beforeAll(newestScan)
  beforeEach(async () => {
    for (const who of ['bo', 'ada'] as const)
      for (const { id, mine } of listViews.answer.parse((await by(who).get('/api/saved-views')).body).views)
        if (mine) expect((await by(who).delete(`/api/saved-views/${id}`)).status).toBe(200)
  })

  const save = (who: Name, name: string, shared = false): ReturnType<Api['post']> =>
    by(who).post('/api/saved-views', { name, query: 'severity=high&view=objects', shared })
  const namesOf = async (who: Name): Promise<string[]> =>
    listViews.answer.parse((await by(who).get('/api/saved-views')).body).views.map(({ name }) => name)

  it('are one’s own until an Owner shares them, and each name is there once', async () => {
    const mine = savedViewSchema.parse((await save('bo', 'Mine')).body)
    expect(await namesOf('ada')).toEqual([])
    expect((await save('bo', 'mine')).status).toBe(409)
    expect((await save('bo', 'Ours', true)).status).toBe(403)
    const ours = savedViewSchema.parse((await save('ada', 'Ours', true)).body)
    expect(await namesOf('bo')).toEqual(['Mine', 'Ours'])
    expect((await save('bo', 'OURS')).status).toBe(409)
    expect((await by('bo').put(`/api/saved-views/${ours.id}`, { name: 'Theirs' })).status).toBe(403)
    expect((await by('bo').delete(`/api/saved-views/${ours.id}`)).status).toBe(403)
    expect((await by('ada').put(`/api/saved-views/${mine.id}`, { name: 'Taken' })).status).toBe(404)
    expect(await namesOf('eve')).toEqual([])
    expect((await by('eve').delete(`/api/saved-views/${ours.id}`)).status).toBe(404)
  })

  it('one of them comes first, also one that was shared, until it is gone', async () => {
    await save('bo', 'Mine')
    const ours = savedViewSchema.parse((await save('ada', 'Ours', true)).body)
    const first = await by('bo').put(`/api/saved-views/${ours.id}`, { isDefault: true })
    expect(savedViewSchema.parse(first.body)).toMatchObject({ name: 'Ours', isDefault: true, mine: false })
    expect(listViews.answer.parse((await by('ada').get('/api/saved-views')).body).views[0]?.isDefault).toBe(false)
    expect((await by('ada').put(`/api/saved-views/${ours.id}`, { shared: false })).status).toBe(200)
    expect(await namesOf('bo')).toEqual(['Mine'])
  })

  it('are limited, and take filters only', async () => {
    for (let count = 0; count < mostViews; count += 1) expect((await save('bo', `View ${count}`)).status).toBe(201)
    expect((await save('bo', 'One too many')).status).toBe(409)
    expect((await by('ada').post('/api/saved-views', { name: 'x', query: 'javascript:<script>' })).status).toBe(400)
    expect((await by('cleo').get('/api/saved-views')).status).toBe(403)
  })

  it('a target is set by an Owner and seen by all', async () => {
    expect((await by('bo').put('/api/posture/target', { value: 90 })).status).toBe(403)
    expect((await by('ada').put('/api/posture/target', { value: 101 })).status).toBe(400)
    expect((await by('ada').put('/api/posture/target', { value: 90 })).status).toBe(200)
    const { score } = overviewSchema.parse((await by('cleo').get('/api/overview')).body)
    expect(score?.target).toMatchObject({ value: 90, byName: 'Ada Lindqvist' })
    expect(overviewSchema.parse((await by('eve').get('/api/overview')).body).score?.target ?? null).toBeNull()
    await by('ada').put('/api/posture/target', { value: null })
    expect(overviewSchema.parse((await by('ada').get('/api/overview')).body).score?.target).toBeNull()
  })
})

describe('the timeline', () => {
  beforeAll(newestScan)

  it('has what happened to whom, newest first, page by page without a gap', async () => {
    const read = async (query: string): Promise<z.output<typeof getTimeline.answer>> =>
      getTimeline.answer.parse((await by('ada').get(`/api/timeline?${query}`)).body)
    const [row] = (await page(by('ada'), 'limit=1&state=open')).objects
    const suppressed = await by('bo').post('/api/suppressions', {
      checkId: row?.checkId,
      findingKey: row?.findingKey,
      reason: 'Seen to next week',
      until: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10),
    })
    expect(suppressed.status).toBe(201)
    const { entries, next } = await read('limit=5')
    expect(entries[0]).toMatchObject({ kind: 'suppressed', checkId: row?.checkId, objects: 1, by: expect.stringMatching(/\w/) })
    expect(entries.map(({ at }) => at)).toEqual(
      entries
        .map(({ at }) => at)
        .sort()
        .reverse(),
    )
    const rest = async (before: string | null): Promise<number> => {
      if (before === null) return 0
      const later = await read(`limit=200&before=${encodeURIComponent(before)}`)
      return later.entries.length + (await rest(later.next))
    }
    const whole = await read('limit=200')
    expect(entries.length + (await rest(next))).toBe(whole.entries.length + (await rest(whole.next)))
    expect((await by('cleo').get('/api/timeline')).status).toBe(403)
    expect(getTimeline.answer.parse((await by('eve').get('/api/timeline')).body).entries).toEqual([])
  })
})
