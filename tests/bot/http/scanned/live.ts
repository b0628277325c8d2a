import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { eventIn, type LiveEvent } from '../../../../teamsapp/client/events.ts'
import { by, scanToEnd, stack } from '../../shared-stack.ts'

describe('a scan of contoso-demo', () => {
  it('tells of itself as it goes, by an event stream that resumes after a cursor', async () => {
    const pageSchema = z.object({ events: z.array(z.unknown()), cursor: z.number() })
    let cursor = 0
    // A page holds 500; the first scan opens more findings than that.
    for (let left = 1; left > 0;) {
      const page = pageSchema.parse((await by('ada').get(`/api/events?after=${cursor}`)).body)
      cursor = page.cursor
      left = page.events.length
    }
    const { service, tokens } = stack()
    const stop = new AbortController()
    const response = await fetch(`${service.origin}/api/events?after=${cursor}`, {
      headers: { authorization: `Bearer ${tokens.ada}`, accept: 'text/event-stream' },
      signal: stop.signal,
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const id = await scanToEnd()
    const heard: LiveEvent[] = []
    const decoder = new TextDecoder()
    let rest = ''
    for await (const chunk of response.body ?? []) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n\r?\n/)
      rest = blocks.pop() ?? ''
      heard.push(...blocks.flatMap((block) => eventIn(block) ?? []))
      if (heard.some(({ kind, subjectId }) => kind === 'scan.finished' && subjectId === id)) break
    }
    stop.abort()
    // What goes on by itself, such as asking who changed something, may be told before it.
    const kinds = heard.flatMap(({ kind, subjectId }) => (subjectId === id ? [kind] : []))
    expect(kinds[0]).toBe('scan.started')
    expect(kinds).toEqual(expect.arrayContaining(['scan.progressed', 'scan.finished']))
  })
})
