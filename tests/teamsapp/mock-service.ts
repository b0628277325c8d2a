import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { listExceptions } from '@countersign/core/api/exceptions.ts'
import type { Me } from '@countersign/core/api/me.ts'
import type { Overview } from '@countersign/core/api/posture.ts'
import type { Problem } from '@countersign/core/api/problem.ts'
import type { ProposalView, Receipt } from '@countersign/core/api/proposals.ts'
import type { SponsorView } from '@countersign/core/api/sponsor.ts'
import { routes } from '@countersign/core/api/routes.ts'
import { actionList, exceptions, proposalList, readings, scopes, stoppedReceipt } from './sample-actions.ts'
import { finding, findings, overview, runningScan, sampleNow, view } from './sample-posture.ts'
import { changes, noSponsor, scanLines, sponsored, trend } from './sample-history.ts'
import { brokenReceipt, clientSettings, me, proposal, receipt, receiptFile, receipts, trust, waitingReceipt } from './sample-records.ts'

/** What the mock answers; tests change it while it runs. */
export interface MockState {
  /** 401 to everything while nobody is signed in. */
  signedIn: boolean
  me: Me
  overview: Overview
  findings: typeof findings
  finding: typeof finding
  proposal: ProposalView
  actions: typeof actionList
  proposals: readonly ProposalView[]
  exceptions: typeof exceptions
  /** Names to be written out before anything is proposed, as for a lock-out. */
  locksOut: readonly string[]
  sponsor: SponsorView
  /** Problem details by route id, answered instead of data. */
  problems: Map<string, Omit<Problem, 'requestId' | 'type'>>
  /** Milliseconds before each answer of the API. */
  delayMs: number
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
  /** Tells pages that something changed. */
  readonly emit: (kind: string, subjectId: string) => void
  readonly close: () => Promise<void>
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

function freshState(): MockState {
  return {
    signedIn: true,
    me,
    overview,
    findings,
    finding,
    proposal,
    actions: actionList,
    proposals: proposalList,
    exceptions,
    locksOut: [],
    sponsor: noSponsor,
    problems: new Map(),
    delayMs: 0,
    refuseStream: false,
  }
}

/**
 * Plays the service for the tab: the built page under the service's own Content-Security-Policy, and the HTTP contract with made-up data.
 * `extra` adds pages, for example one that plays Teams.
 */
export async function startMockService(options: {
  readonly dist: string
  readonly extra?: (address: URL) => string | undefined
  readonly port?: number
}): Promise<MockService> {
  const state = freshState()
  const seen: SeenRequest[] = []
  const events: { seq: number; kind: string; subjectId: string; at: string }[] = []
  const streams = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.statusCode = 500
      response.end(String(error))
    })
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
    },
    emit,
    close: async () => {
      for (const stream of streams) stream.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }

  function emit(kind: string, subjectId: string): void {
    const event = { seq: events.length + 1, kind, subjectId, at: new Date().toISOString() }
    events.push(event)
    for (const stream of streams) stream.write(`id: ${event.seq}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`)
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', 'http://localhost')
    const { pathname, searchParams } = address
    if (!pathname.startsWith('/api/')) return sendPage(address, response)
    const method = request.method ?? 'GET'
    const text = await bodyOf(request)
    const body: unknown = text === '' ? undefined : JSON.parse(text)
    seen.push({ method, path: pathname, headers: request.headers, body })
    const route = routes.find((one) => one.method === method && new RegExp(`^${one.path.replace(/:\w+/g, '[^/]+')}$`).test(pathname))
    if (!route)
      return sendProblem(response, {
        title: 'There is no such page',
        status: 404,
        detail: `${method} ${pathname} is no route of the contract.`,
      })
    if (!state.signedIn && route.capability !== 'public')
      return sendProblem(response, { title: 'You are not signed in', status: 401, detail: 'Sign in to go on.' })
    const isCookie = request.headers.authorization === undefined
    if (route.effect === 'changes' && isCookie && request.headers['x-csrf-token'] !== state.me.csrfToken) {
      return sendProblem(response, { title: 'The request could not be trusted', status: 403, detail: 'The CSRF token is missing.' })
    }
    const problem = state.problems.get(route.id)
    if (state.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, state.delayMs))
    if (problem) return sendProblem(response, problem)
    if (route.id === 'list-events' && request.headers.accept === 'text/event-stream')
      return stream(Number(searchParams.get('after') ?? 0), response)
    const named = new Set(namesIn(body).map((name) => name.toLowerCase()))
    const unnamed = route.id === 'create-proposal' ? state.locksOut.filter((name) => !named.has(name.toLowerCase())) : []
    if (unnamed.length > 0)
      return sendProblem(response, {
        title: 'Not proposed',
        status: 409,
        detail: `This would lock out ${unnamed.join(', ')}.`,
        names: unnamed,
      })
    if (route.id === 'export-journal') {
      response.writeHead(200, { 'content-type': searchParams.get('format') === 'csv' ? 'text/csv' : 'application/x-ndjson' })
      response.end(`journal ${address.search}`)
      return
    }
    sendJson(response, 200, route.answer.parse(data(route.id, pathname, body)))
  }

  function data(routeId: string, path: string, body: unknown): unknown {
    const id = path.split('/')[3] ?? ''
    switch (routeId) {
      case 'get-client-settings':
        return clientSettings
      case 'get-me':
        return state.me
      case 'get-overview':
        return state.overview
      case 'get-view-posture':
        return view
      case 'start-scan':
        state.overview = { ...state.overview, runningScan: runningScan(1) }
        return state.overview.runningScan
      case 'stop-scan':
        state.overview = { ...state.overview, runningScan: null }
        return { ...runningScan(1), state: 'stopped' }
      case 'list-scans':
        return { scans: scanLines }
      case 'get-trend':
        return trend
      case 'get-changes':
        return changes
      case 'get-sponsor':
        return state.sponsor
      case 'put-sponsor':
        state.sponsor = sponsored
        return state.sponsor
      case 'delete-sponsor':
        state.sponsor = noSponsor
        return state.sponsor
      case 'list-findings':
        return state.findings
      case 'get-finding':
        return { ...state.finding, checkId: id }
      case 'create-proposal':
        return {
          ...state.proposal,
          ...(typeof body === 'object' && body !== null && 'undo' in body
            ? { preview: { ...state.proposal.preview, title: 'Add Tomás Ruiz as owner of Payroll Sync again' } }
            : {}),
        }
      case 'get-proposal':
        return state.proposals.find((one) => one.id === id && one.id !== state.proposal.id) ?? state.proposal
      case 'list-proposals':
        return { proposals: state.proposals.map((one) => (one.id === state.proposal.id ? state.proposal : one)) }
      case 'list-actions':
        return state.actions
      case 'switch-action':
        return switchIn(state, id)
      case 'get-readings':
        return readings
      case 'settle-proposal':
        return settleIn(state, id)
      case 'get-scopes':
        return scopes
      case 'list-exceptions':
        return state.exceptions
      case 'declare-exception': {
        const declared = { ...exceptions.exceptions[0], ...(body as object), id: randomUUID(), isAid: false, policies: [] }
        state.exceptions = listExceptions.answer.parse({ ...state.exceptions, exceptions: [...state.exceptions.exceptions, declared] })
        return declared
      }
      case 'withdraw-exception':
        state.exceptions = { ...state.exceptions, exceptions: state.exceptions.exceptions.filter((one) => one.id !== id) }
        return { withdrawn: true }
      case 'reject-proposal':
        state.proposal = { ...state.proposal, state: 'rejected', sentence: 'You withdrew it. Nothing was changed.' }
        return state.proposal
      case 'list-receipts':
        return receipts
      case 'get-receipt':
        return receiptOf(id)
      case 'download-receipt':
        return receiptFile
      case 'get-trust':
      case 'refresh-evidence':
        return trust
      case 'connect-aid':
        return { signInUrl: 'about:blank' }
      case 'disconnect-aid':
        state.me = { ...state.me, aid: { state: 'notConnected', userPrincipalName: null, detail: null } }
        return { disconnected: true }
      case 'list-events':
        return { events, cursor: events.length }
      default:
        throw new Error(`The mock has no answer for ${routeId}.`)
    }
  }

  function receiptOf(id: string): Receipt {
    return [waitingReceipt, brokenReceipt, stoppedReceipt].find(({ proposalId }) => proposalId === id) ?? receipt
  }

  function stream(after: number, response: ServerResponse): void {
    if (state.refuseStream) return sendJson(response, 200, { events: events.filter(({ seq }) => seq > after), cursor: events.length })
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(': open\n\n')
    for (const event of events.filter(({ seq }) => seq > after))
      response.write(`id: ${event.seq}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`)
    streams.add(response)
    response.on('close', () => streams.delete(response))
  }

  async function sendPage(address: URL, response: ServerResponse): Promise<void> {
    const { pathname } = address
    const extra = options.extra?.(address)
    if (extra !== undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end(extra)
      return
    }
    const isFile = extname(pathname) !== ''
    const content = await readFile(join(options.dist, isFile ? normalize(pathname) : 'index.html')).catch(() => undefined)
    if (!content) {
      response.writeHead(404).end()
      return
    }
    const nonce = randomBytes(16).toString('base64url')
    response.writeHead(200, {
      'content-type': contentTypes[isFile ? extname(pathname) : '.html'] ?? 'application/octet-stream',
      'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self' https://res.cdn.office.net; base-uri 'none'; form-action 'self'; frame-ancestors 'self'`,
      'x-content-type-options': 'nosniff',
    })
    response.end(isFile ? content : content.toString('utf8').replaceAll('__CSP_NONCE__', nonce))
  }
}

function sendProblem(response: ServerResponse, problem: Omit<Problem, 'requestId' | 'type'>): void {
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

/** Names in a body that asks for a change all the same. */
function namesIn(body: unknown): readonly string[] {
  return typeof body === 'object' && body !== null && 'named' in body && Array.isArray(body.named) ? body.named.map(String) : []
}

function switchIn(state: MockState, id: string): unknown {
  const actions = state.actions.actions.map((one) =>
    one.id === id ? { ...one, enabled: !one.enabled, switched: { by: state.me.displayName, at: sampleNow } } : one,
  )
  state.actions = { ...state.actions, actions }
  return actions.find((one) => one.id === id)
}

function settleIn(state: MockState, id: string): unknown {
  state.proposals = state.proposals.map((one) => (one.id === id ? { ...one, state: 'settled' as const } : one))
  return state.proposals.find((one) => one.id === id)
}
