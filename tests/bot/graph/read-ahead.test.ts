import { describe, expect, it } from '@jest/globals'
import { makeReader, type GraphPage, type GraphReader } from '../../../bot/src/graph/reader.ts'

const origin = 'https://graph.local'
const link = (token: string): string => `${origin}/v1.0/users?$skiptoken=${token}`
const jsonType = { 'content-type': 'application/json' }

/** What Graph sends for one request: pieces of a body, each once the one before was taken in and its promise, where it is one, has come. */
type Piece = string | Promise<string> | 'CUT'

/** A reader whose answers come in pieces; `asked` has the page tokens in the order of asking, '' for the first page. */
function readerOf(answer: (token: string, time: number) => readonly Piece[] | Response): { reader: GraphReader; asked: string[] } {
  const asked: string[] = []
  const reader = makeReader(async () => ({ kind: 'token', token: 'T', scopes: [] }), {
    graph: origin,
    userAgent: 'Countersign/test',
    clock: { now: () => 0, random: () => 0, sleep: async () => undefined },
    transport: async (url) => {
      const token = new URL(url).searchParams.get('$skiptoken') ?? ''
      asked.push(token)
      const pieces = answer(token, asked.filter((before) => before === token).length)
      return pieces instanceof Response ? pieces : new Response(streamed(pieces), { headers: jsonType })
    },
  })
  return { reader, asked }
}

function streamed(pieces: readonly Piece[]): ReadableStream<Uint8Array> {
  const left = pieces.values()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = left.next()
      if (done) return controller.close()
      const piece = await value
      if (piece === 'CUT') controller.error(new Error('The connection broke.'))
      else controller.enqueue(new TextEncoder().encode(piece))
    },
  })
}

function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}

async function rowsOf(pages: AsyncIterable<GraphPage>): Promise<unknown[]> {
  const rows: unknown[] = []
  for await (const page of pages) {
    if (page.kind === 'page') rows.push(...page.rows)
    else rows.push(page.kind === 'refused' ? page.code : page.kind)
  }
  return rows
}
const head = (token: string): string => `{"@odata.context":"${origin}","@odata.nextLink":"${link(token)}",`
const lastPage = '{"value":["last"]}'

describe('pages asked for while the one before still arrives', () => {
  it('asks for the next page once its link has come, wherever the text is cut in pieces', async () => {
    const rest = gate()
    const { reader, asked } = readerOf((token) => {
      if (token !== '') {
        rest.open()
        return [lastPage]
      }
      const whole = head('a')
      return [whole.slice(0, 9), whole.slice(9, 60), whole.slice(60), '"value":[', rest.opened.then(() => '"first"]}')]
    })
    // The first page ends only after the second was asked for: without reading ahead this would never end.
    expect(await rowsOf(reader.pages('/users'))).toEqual(['first', 'last'])
    expect(asked).toEqual(['', 'a'])
  })

  it('asks after the whole page where the link stands behind the rows, and takes none out of a row', async () => {
    const fake = `{"@odata.nextLink":"${link('evil')}","name":"\\",\\"@odata.nextLink\\":\\"${link('evil')}\\""}`
    const sent: string[] = []
    const { reader, asked } = readerOf((token) => {
      if (token !== '') return [lastPage]
      const pieces = ['{"value":[', fake, ',', fake, '],', `"@odata.nextLink":"${link('a')}"`, '}']
      return pieces.map((piece) => Promise.resolve(piece).then((text) => (sent.push(`${asked.length} asked`), text)))
    })
    expect(await rowsOf(reader.pages('/users'))).toHaveLength(3)
    expect(asked).toEqual(['', 'a'])
    expect(new Set(sent)).toEqual(new Set(['1 asked']))
  })

  it('asks again for a page that is cut after its link was followed, and for the page behind it no second time', async () => {
    const { reader, asked } = readerOf((token, time) => {
      if (token === '') return time === 1 ? [head('a'), '"value":["fir', 'CUT'] : [head('a'), '"value":["first"]}']
      return [lastPage]
    })
    expect(await rowsOf(reader.pages('/users'))).toEqual(['first', 'last'])
    expect(asked.toSorted()).toEqual(['', '', 'a'])
  })

  it('drops what it read ahead when the repeated page leads elsewhere, or nowhere', async () => {
    const elsewhere = readerOf((token, time) => {
      if (token === '') return time === 1 ? [head('old'), '"value":["fir', 'CUT'] : [head('new'), '"value":["first"]}']
      return [`{"value":["${token}"]}`]
    })
    expect(await rowsOf(elsewhere.reader.pages('/users', { ahead: 3 }))).toEqual(['first', 'new'])
    expect(elsewhere.asked.toSorted()).toEqual(['', '', 'new', 'old'])
    const nowhere = readerOf((token, time) => {
      if (token === '') return time === 1 ? [head('old'), '"value":["fir', 'CUT'] : ['{"value":["only"]}']
      return ['{"value":["stale"]}']
    })
    expect(await rowsOf(nowhere.reader.pages('/users', { ahead: 3 }))).toEqual(['only'])
  })

  it('answers as without reading ahead when the page is cut each time or is no list', async () => {
    const cut = readerOf((token) => (token === '' ? [head('a'), '"value":["fir', 'CUT'] : [lastPage]))
    expect(await rowsOf(cut.reader.pages('/users'))).toEqual(['ConnectionLost'])
    const notJson = readerOf((token) => (token === '' ? [head('a'), '"value":[fir'] : [lastPage]))
    expect(await rowsOf(notJson.reader.pages('/users'))).toEqual(['NotJson'])
    const notAList = readerOf((token) => (token === '' ? [head('a'), '"value":7}'] : [lastPage]))
    expect(await rowsOf(notAList.reader.pages('/users'))).toEqual(['NotAList'])
    const twice = readerOf((token) => (token === '' ? [head('a'), `"value":[],"@odata.nextLink":"${link('b')}"}`] : [lastPage]))
    expect(await rowsOf(twice.reader.pages('/users'))).toEqual(['NotAList'])
  })

  it('is patient with a page asked for ahead that Graph refuses for now', async () => {
    const rest = gate()
    const { reader, asked } = readerOf((token, time) => {
      if (token === '') return [head('a'), rest.opened.then(() => '"value":["first"]}')]
      rest.open()
      return time === 1 ? new Response('{}', { status: 429, headers: { 'retry-after': '1', ...jsonType } }) : [lastPage]
    })
    expect(await rowsOf(reader.pages('/users'))).toEqual(['first', 'last'])
    expect(asked).toEqual(['', 'a', 'a'])
  })

  it('never follows a link to another host, and looks at good answers only', async () => {
    const foreign = readerOf(() => ['{"@odata.nextLink":"https://evil.example/v1.0/users",', '"value":[1]}'])
    expect(await rowsOf(foreign.reader.pages('/users'))).toEqual(['ForeignNextLink'])
    expect(foreign.asked).toEqual([''])
    const refused = readerOf(() => new Response(streamed([head('a'), '"error":{"code":"Denied"}}']), { status: 403, headers: jsonType }))
    expect(await rowsOf(refused.reader.pages('/users'))).toEqual(['Denied'])
    expect(refused.asked).toEqual([''])
  })

  it('holds no more pages than it may, however early their links come', async () => {
    const { reader, asked } = readerOf((token) => {
      const at = Number(token || '0')
      return at < 9 ? [head(String(at + 1)), `"value":[${at}]}`] : ['{"value":[9]}']
    })
    let handed = 0
    for await (const page of reader.pages('/users', { ahead: 1 })) {
      expect(page).toMatchObject({ kind: 'page', rows: [handed] })
      handed += 1
      await new Promise((done) => setTimeout(done, 5))
      expect(asked.length).toBeLessThanOrEqual(handed + 1)
    }
    expect(handed).toBe(10)
  })
})
