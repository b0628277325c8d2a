import { beforeAll, describe, expect, it } from '@jest/globals'
import { createServer, connect, type Server, type Socket } from 'node:net'
import { z } from 'zod'
import { listEvents } from '../../../../core/api/events.ts'
import { meSchema } from '../../../../core/api/me.ts'
import { search, type SearchHit } from '../../../../core/api/search.ts'
import { followEvents, type LiveEvent } from '../../../../teamsapp/client/events.ts'
import type { Service as TabService } from '../../../../teamsapp/client/service.ts'
import type { Api } from '../../service.ts'
import { by, newestScan, scanToEnd, stack } from '../../shared-stack.ts'
import { until } from '../../until.ts'

async function found(api: Api, words: string): Promise<SearchHit[]> {
  const { hits, unsearched } = search.answer.parse((await api.get(`/api/search?${new URLSearchParams({ q: words }).toString()}`)).body)
  expect(unsearched).toEqual([])
  return hits
}

describe('search', () => {
  beforeAll(newestScan)

  it('finds a check by its code and by its words, with what is open', async () => {
    for (const words of ['APP-01', 'app-01', 'expired secret']) {
      const hits = await found(by('ada'), words)
      expect(hits).toContainEqual({
        kind: 'finding',
        id: 'app-secret-expired',
        title: expect.stringMatching(/expired secret/),
        note: expect.stringMatching(/^APP-01, \d+ open, /),
      })
    }
  })

  it('leads from the id of a framework to the check that stands for it', async () => {
    const [first] = await found(by('ada'), 'MS.AAD.3.1v1')
    expect(first).toMatchObject({ kind: 'policy', title: 'MS.AAD.3.1v1' })
    expect((await found(by('ada'), 'ms.aad.')).filter(({ kind }) => kind === 'policy')).toHaveLength(6)
  })

  it('finds people and applications by a part of their names, whatever the case, and by ids', async () => {
    const people = await found(by('ada'), 'LINDQVIST')
    expect(people).toContainEqual(expect.objectContaining({ kind: 'person', title: expect.stringContaining('Lindqvist') }))
    const listed = z
      .object({ applications: z.array(z.object({ id: z.string(), appId: z.string(), name: z.string() })) })
      .parse((await by('ada').get('/api/applications')).body).applications[0]
    expect(await found(by('ada'), listed?.appId ?? '')).toContainEqual({
      kind: 'application',
      id: listed?.id,
      title: listed?.name,
      note: listed?.appId,
    })
    expect((await found(by('ada'), (listed?.name ?? '').slice(0, 6).toUpperCase())).some(({ kind }) => kind === 'application')).toBe(true)
  })

  it('finds actions, and says nothing of a receipt that is not there', async () => {
    expect(await found(by('ada'), 'disable user')).toContainEqual(expect.objectContaining({ kind: 'action', id: 'disable-user' }))
    expect((await found(by('ada'), 'R-0001')).filter(({ kind }) => kind === 'receipt')).toEqual([])
  })

  it('finds nothing for somebody whose role does not open it, and nothing of another tenant', async () => {
    for (const words of ['APP-01', 'lindqvist', 'disable user', 'MS.AAD.3.1v1']) expect(await found(by('cleo'), words)).toEqual([])
    const eve = by('eve')
    expect((await found(eve, 'lindqvist')).filter(({ kind }) => kind === 'person' || kind === 'application')).toEqual([])
    expect((await found(eve, 'APP-01')).filter(({ kind }) => kind === 'finding')).toEqual([])
  })

  it.each(["' or 1=1 --", '%%', '\\', '"displayName":"', 'a\u0000b', '__', '(((', '\u202e\u0301'])('takes %j as words', async (words) => {
    const { status } = await by('ada').get(`/api/search?${new URLSearchParams({ q: words }).toString()}`)
    expect([200, 400]).toContain(status)
    if (status === 200) expect((await found(by('ada'), words)).filter(({ kind }) => kind === 'person').length).toBeLessThanOrEqual(6)
  })

  it('refuses less than two characters and more than a hundred', async () => {
    for (const words of ['', 'a', 'a'.repeat(101)])
      expect((await by('ada').get(`/api/search?${new URLSearchParams({ q: words }).toString()}`)).status).toBe(400)
  })
})

describe('events', () => {
  beforeAll(newestScan)

  it('begin at the newest where no place is named, and /api/me names the place', async () => {
    const head = listEvents.answer.parse((await by('ada').get('/api/events')).body)
    expect(head.events).toEqual([])
    expect(head.cursor).toBeGreaterThan(0)
    const { eventCursor } = meSchema.parse((await by('ada').get('/api/me')).body)
    // Something may have happened between the two answers.
    const since = listEvents.answer.parse((await by('ada').get(`/api/events?after=${head.cursor}`)).body).events
    expect([head.cursor, ...since.map(({ seq }) => seq)]).toContain(eventCursor)
    await switchAction('enable-user', true)
    await switchAction('enable-user')
    const page = listEvents.answer.parse((await by('ada').get(`/api/events?after=${head.cursor}`)).body)
    expect(page.events[0]?.seq).toBeGreaterThan(head.cursor)
    expect(page.events.length).toBeGreaterThan(since.length)
  })

  it('reach a page over a line that breaks again and again, each once and in order', async () => {
    const breaking = await openBreakingLine(Number(new URL(stack().service.origin).port))
    const from = meSchema.parse((await by('ada').get('/api/me')).body).eventCursor ?? 0
    const heard: LiveEvent[] = []
    const stop = new AbortController()
    const following = followEvents(tabService(breaking.origin), {
      from,
      signal: stop.signal,
      onEvent: (event) => heard.push(event),
      beats: { poll: 100, streamAgain: 300, reopen: 5, firstWord: 3000, silence: 10_000 },
    })
    try {
      for (let tries = 0; tries < 30 || breaking.broken() <= 3; tries += 1) await switchAction('enable-user', tries % 2 === 0)
      if (process.env['DRILL'] === '1') await scanToEnd()
      const told = (await eventsSince(from)).map(({ seq }) => seq)
      const last = told.at(-1) ?? 0
      await until(() => (heard.at(-1)?.seq ?? 0) >= last || undefined)
      expect(told.length).toBeGreaterThanOrEqual(30)
      expect(heard.flatMap(({ seq }) => (seq <= last ? [seq] : []))).toEqual(told)
    } finally {
      stop.abort()
      await following
      await breaking.close()
    }
  }, 180_000)
})

/** All of them, page by page. */
async function eventsSince(cursor: number): Promise<LiveEvent[]> {
  const { events } = listEvents.answer.parse((await by('ada').get(`/api/events?after=${cursor}`)).body)
  const last = events.at(-1)
  return last ? [...events, ...(await eventsSince(last.seq))] : []
}

/** What changes little and is told at once. */
async function switchAction(actionId: string, enabled = false): Promise<void> {
  expect((await by('ada').post(`/api/actions/${actionId}/switch`, { enabled })).status).toBe(200)
}

function tabService(origin: string): TabService {
  const open: TabService['open'] = async (path, init) => {
    const answer = await fetch(`${origin}${path}`, {
      ...init,
      headers: { ...Object.fromEntries(new Headers(init.headers)), authorization: `Bearer ${stack().tokens.ada}` },
    })
    if (!answer.ok) throw new Error(String(answer.status))
    return answer
  }
  return {
    open,
    setCsrfToken: () => undefined,
    // The one route that following asks for.
    call: (async (_key: string, { query }: { query: { after: number } }) =>
      (
        await open(`/api/events?after=${query.after}`, { headers: { accept: 'application/json' } })
      ).json()) as unknown as TabService['call'],
  }
}

/** A line to a port that is cut after some bytes, at other places each time. */
async function openBreakingLine(
  port: number,
): Promise<{ readonly origin: string; readonly broken: () => number; readonly close: () => Promise<void> }> {
  let broken = 0
  const open = new Set<Socket>()
  const server: Server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    const most = [700, 1500, 2300, 900, 4000][broken % 5] ?? 1000
    let passed = 0
    far.on('data', (piece: Buffer) => {
      const room = most - passed
      passed += piece.length
      near.write(piece.subarray(0, Math.max(0, room)))
      if (passed < most) return
      broken += 1
      near.destroy()
      far.destroy()
    })
    near.on('data', (piece: Buffer) => far.write(piece))
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.on('error', () => undefined)
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`,
    broken: () => broken,
    close: async () => {
      for (const one of open) one.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
