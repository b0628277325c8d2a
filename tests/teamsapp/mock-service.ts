import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Route } from '@countersign/core/api/route.ts'
import { routes } from '@countersign/core/api/routes.ts'
import { MockFile, Refusal, type MockProblem, type RouteId } from './mock/answer.ts'
import { readBuilt, sendBuilt } from './mock/page.ts'
import { answers, freshSubjects, type SubjectsState } from './mock/subjects.ts'

/** What the mock answers; tests change it while it runs. */
export interface MockState extends SubjectsState {
  /** 401 to everything while nobody is signed in. */
  signedIn: boolean
  /** Problem details by route id, answered instead of data. */
  problems: Map<string, MockProblem>
  /** Milliseconds before each answer of the API. */
  delayMs: number
  /** Routes, by id, that are answered only once they are released, at the latest by the next reset. */
  held: Set<RouteId>
  /** Routes that never answer with a stream: the page must poll. */
  refuseStream: boolean
}

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

export interface MockService {
  readonly url: string
  readonly state: MockState
  readonly seen: SeenRequest[]
  readonly reset: () => void
  /** Answers what was held back, and holds nothing back any more. */
  readonly release: () => void
  /** Tells pages that something changed. */
  readonly emit: (kind: string, subjectId: string) => void
  /** Whether a request of the contract is being answered; streams and held routes do not count. */
  readonly isAnswering: () => boolean
  readonly close: () => Promise<void>
}

/** A page of the same origin with nothing on it: a window that is there asks for nothing. */
export const blankPath = '/__blank'

function freshState(): MockState {
  return { ...freshSubjects(), signedIn: true, problems: new Map(), delayMs: 0, held: new Set(), refuseStream: false }
}

/**
 * Plays the service for the tab: the built page under the service's own Content-Security-Policy, and the HTTP contract with made-up data
 * (the answers are in mock/, one file for each subject). `extra` adds pages, for example one that plays Teams.
 */
export async function startMockService(options: {
  readonly dist: string
  readonly extra?: (address: URL) => string | undefined
  readonly port?: number
}): Promise<MockService> {
  const built = readBuilt(options.dist)
  const state = freshState()
  const seen: SeenRequest[] = []
  const events: { seq: number; kind: string; subjectId: string; at: string }[] = []
  const streams = new Set<ServerResponse>()
  let waiting: (() => void)[] = []
  let answering = 0
  const server = createServer((request, response) => {
    answering += 1
    answer(request, response)
      .catch((error: unknown) => {
        response.statusCode = 500
        response.end(String(error))
      })
      .finally(() => (answering -= 1))
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    state,
    seen,
    reset: () => {
      Object.assign(state, freshState())
      seen.length = 0
      release()
    },
    release,
    emit,
    isAnswering: () => answering > waiting.length,
    close: async () => {
      for (const stream of streams) stream.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }

  function release(): void {
    state.held = new Set()
    for (const one of waiting) one()
    waiting = []
  }

  function emit(kind: string, subjectId: string): void {
    const event = { seq: events.length + 1, kind, subjectId, at: new Date().toISOString() }
    events.push(event)
    for (const stream of streams) stream.write(`id: ${event.seq}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`)
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', 'http://localhost')
    const { pathname: path, searchParams: search } = address
    if (!path.startsWith('/api/')) return sendPage(address, response)
    const method = request.method ?? 'GET'
    const text = await bodyOf(request)
    const body: unknown = text === '' ? undefined : JSON.parse(text)
    seen.push({ method, path, headers: request.headers, body })
    const route = routes.find((one) => one.method === method && new RegExp(`^${one.path.replace(/:\w+/g, '[^/]+')}$`).test(path))
    if (!route)
      return sendProblem(response, {
        title: 'There is no such page',
        status: 404,
        detail: `${method} ${path} is no route of the contract.`,
      })
    const refused = refusalOf(request, route)
    if (refused) return sendProblem(response, refused)
    const problem = state.problems.get(route.id)
    if (state.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, state.delayMs))
    if (state.held.has(route.id)) await new Promise<void>((resolve) => waiting.push(resolve))
    if (problem) return sendProblem(response, problem)
    if (route.id === 'list-events') {
      const after = Number(search.get('after') ?? 0)
      if (request.headers.accept === 'text/event-stream' && !state.refuseStream) return stream(after, response)
      return sendJson(response, 200, route.answer.parse({ events: events.filter(({ seq }) => seq > after), cursor: events.length }))
    }
    const reply = answers[route.id]
    if (!reply) throw new Error(`The mock has no answer for ${route.id}.`)
    try {
      const data = reply({ state, id: path.split('/')[3] ?? '', path, search, body })
      if (!(data instanceof MockFile)) return sendJson(response, 200, route.answer.parse(route.id === 'get-me' ? withCursor(data) : data))
      response.writeHead(200, { 'content-type': data.contentType })
      response.end(data.content)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      sendProblem(response, error.problem)
    }
  }

  /** As the service does: a page follows events from here, and is not told what happened before it was there. */
  function withCursor(me: unknown): unknown {
    return { ...Object(me), eventCursor: events.length }
  }

  function refusalOf(request: IncomingMessage, route: Route): MockProblem | undefined {
    if (!state.signedIn && route.capability !== 'public')
      return { title: 'You are not signed in', status: 401, detail: 'Sign in to go on.' }
    const isCookie = request.headers.authorization === undefined
    if (route.effect === 'changes' && isCookie && request.headers['x-csrf-token'] !== state.me.csrfToken)
      return { title: 'The request could not be trusted', status: 403, detail: 'The CSRF token is missing.' }
    return undefined
  }

  function stream(after: number, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(': open\n\n')
    for (const event of events.filter(({ seq }) => seq > after))
      response.write(`id: ${event.seq}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`)
    streams.add(response)
    response.on('close', () => streams.delete(response))
  }

  function sendPage(address: URL, response: ServerResponse): void {
    // A browser asks for it by itself where a page names no icon, and would complain that there is none.
    if (address.pathname === '/favicon.ico') return void response.writeHead(204).end()
    const extra = address.pathname === blankPath ? '<!doctype html><title>Blank</title>' : options.extra?.(address)
    if (extra === undefined) return sendBuilt(built, address.pathname, response)
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(extra)
  }
}

function sendProblem(response: ServerResponse, problem: MockProblem): void {
  sendJson(response, problem.status, { type: 'about:blank', requestId: 'req-7f3a91', ...problem }, 'application/problem+json')
}

function sendJson(response: ServerResponse, status: number, value: unknown, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type, 'x-request-id': 'req-7f3a91' })
  response.end(JSON.stringify(value))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString('utf8')
}
