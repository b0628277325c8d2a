import { z } from 'zod'
import {
  isOwnPage,
  ownRefusal,
  parseAnswer,
  type AnswerText,
  type GraphAnswer,
  type GraphRefusal,
  type OwnRefusal,
  type SignInLost,
} from './answer.ts'
import { breathe } from '../in-slices.ts'
import { earlyNextLink } from './next-link.ts'

export interface Page {
  readonly kind: 'page'
  readonly rows: readonly unknown[]
  /** Link to the next page; absent on the last one. */
  readonly next?: string
  /** Link to the changes after this list, where Graph gives one on the last page. */
  readonly deltaLink?: string
}

/** `restart`: the page token expired, rows seen so far come again from the beginning. */
export type GraphPage = Page | { readonly kind: 'restart' } | GraphRefusal | SignInLost

export interface ChainOptions {
  /** A link that an earlier reading of the same path came to. */
  readonly from?: string
  /** Pages that may be asked for before the one at hand is done with. */
  readonly ahead?: number
}

export interface ChainDependencies {
  readonly origin: string
  /** `onHead` is told of the beginning of the answer while the rest arrives, see HeadListener. */
  readonly fetchText: (
    address: string,
    signal: AbortSignal,
    onHead: (head: string) => 'enough' | 'more',
  ) => Promise<AnswerText | GraphRefusal | SignInLost>
  readonly grantedScopes: () => readonly string[]
}

/** One request of the chain; the next one follows as soon as its link is known. */
interface Flight {
  readonly address: string
  readonly answer: Promise<AnswerText | GraphRefusal | SignInLost>
  link?: string
}

const pageSchema = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
})
const restartsAtMost = 3
const repeatsAtMost = 5
const brokenAtMost = 3
const pagesAhead = 1

/** Follows a list from page to page, asking for the next ones while the reader of the list is busy with this one. */
export async function* readChain(
  path: string,
  { from, ahead = pagesAhead }: ChainOptions,
  signal: AbortSignal | undefined,
  deps: ChainDependencies,
): AsyncIterable<GraphPage> {
  const done = new AbortController()
  const whole = signal ? AbortSignal.any([signal, done.signal]) : done.signal
  const seen = new Map<string, number>()
  let current: Flight | undefined
  let queue: Flight[] = []

  const refuse = (code: OwnRefusal, requestId = ''): GraphRefusal => ownRefusal(code, 200, requestId, deps.grantedScopes())
  function ask(address: string): Flight {
    const onHead = (head: string): 'enough' | 'more' => {
      const link = earlyNextLink(head)
      if (link === undefined) return 'more'
      follow(flight, link)
      return 'enough'
    }
    const flight: Flight = { address, answer: deps.fetchText(address, whole, onHead) }
    // A flight that nobody waits for any more may fail in silence; whoever waits for it is told.
    flight.answer.then(
      (answer) => follow(flight, answer.kind === 'text' && answer.isJson ? earlyNextLink(answer.text) : undefined),
      () => undefined,
    )
    queue.push(flight)
    return flight
  }
  /** Goes on from what an answer says of its next page, in place of what an attempt that broke off may have said before. */
  function follow(flight: Flight, link: string | undefined): void {
    const place = queue.indexOf(flight)
    if (place === -1 && flight !== current) return
    const own = link !== undefined && isOwnPage(link, deps.origin) ? link : undefined
    if (flight.link !== undefined && flight.link !== own) queue = queue.slice(0, place + 1)
    if (own === undefined) delete flight.link
    else flight.link = own
    askAhead()
  }
  function askAhead(): void {
    const last = queue.at(-1) ?? current
    if (last?.link === undefined || queue.length >= ahead || whole.aborted || (seen.get(last.link) ?? 0) >= repeatsAtMost) return
    ask(last.link)
  }

  try {
    if (from !== undefined && !isOwnPage(from, deps.origin)) {
      yield refuse('ForeignNextLink')
      return
    }
    ask(from ?? path)
    for (let restarts = 0, broken = 0; ;) {
      current = queue.shift()
      if (!current) throw new Error('The chain of pages lost its end.')
      const { address } = current
      const fetched = await current.answer
      askAhead()
      // Parsing holds the thread for some milliseconds: the request for the next page leaves before.
      if (queue.length > 0) for (let i = 0; i < 2; i++) await breathe()
      const answer: GraphAnswer = fetched.kind === 'text' ? parseAnswer(fetched, deps.grantedScopes()) : fetched
      if (answer.kind === 'refused' && answer.code === 'NotJson' && ++broken < brokenAtMost) {
        queue = []
        ask(address)
        continue
      }
      if (answer.kind === 'refused' && answer.code === 'Directory_ExpiredPageToken' && address !== path && restarts < restartsAtMost) {
        restarts += 1
        queue = []
        ask(path)
        yield { kind: 'restart' }
        continue
      }
      if (answer.kind !== 'answer') {
        yield answer
        return
      }
      const page = pageSchema.safeParse(answer.body)
      if (!page.success) {
        yield refuse('NotAList', answer.requestId)
        return
      }
      broken = 0
      const next = page.data['@odata.nextLink']
      const deltaLink = page.data['@odata.deltaLink']
      if (current.link !== undefined && current.link !== next) {
        // The answer names its next page twice and differently.
        yield refuse('NotAList', answer.requestId)
        return
      }
      const isForeign = [next, deltaLink].some((link) => link !== undefined && !isOwnPage(link, deps.origin))
      const repeats = next === undefined ? 0 : (seen.get(next) ?? 0) + 1
      if (next !== undefined) seen.set(next, repeats)
      // Such a page is not handed on: without its link it would look like the last one of a whole list.
      if (isForeign || repeats > repeatsAtMost) {
        yield refuse(isForeign ? 'ForeignNextLink' : 'CircularList', answer.requestId)
        return
      }
      if (next !== undefined && ahead > 0 && queue.length === 0) ask(next)
      yield {
        kind: 'page',
        rows: page.data.value,
        ...(next === undefined ? {} : { next }),
        ...(deltaLink === undefined ? {} : { deltaLink }),
      }
      if (next === undefined) return
      if (queue.length === 0) ask(next)
    }
  } finally {
    done.abort(new Error('Nobody reads this list any more.'))
  }
}
