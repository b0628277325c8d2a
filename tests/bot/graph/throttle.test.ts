import { describe, expect, it } from '@jest/globals'
import type { Context } from '@microsoft/microsoft-graph-client'
import { PatientMiddleware, readRetryAfter, throttleLimits, waitBefore, type Clock } from '../../../bot/src/graph/throttle.ts'
import { fc } from '../../random.ts'

const now = Date.parse('2026-11-22T12:00:00Z')

function fakeClock(): Clock & { readonly slept: number[] } {
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    random: () => 0.5,
    sleep: async (milliseconds, signal) => void (signal?.throwIfAborted(), slept.push(milliseconds)),
  }
}

function answering(...answers: readonly (Response | Error)[]) {
  const calls: Context[] = []
  const clock = fakeClock()
  const patient = new PatientMiddleware(clock)
  patient.setNext({
    async execute(context) {
      calls.push({ ...context })
      const next = answers[Math.min(calls.length, answers.length) - 1]
      if (next instanceof Error) throw next
      if (next) context.response = next.clone()
    },
  })
  return { patient, calls, clock }
}

function refusal(status: number, retryAfter?: string): Response {
  return new Response('{}', { status, ...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }) })
}
const fine = new Response('{"value":[]}', { status: 200 })
const broken = (): Error => new TypeError('fetch failed', { cause: new Error('ECONNRESET') })

describe('Retry-After', () => {
  it.each([
    ['5', 5000],
    ['0.5', 500],
    ['0', 0],
    ['Sun, 22 Nov 2026 12:00:07 GMT', 7000],
    ['Sun, 22 Nov 2020 12:00:07 GMT', 0],
  ])('reads %s', (text, milliseconds) => {
    expect(readRetryAfter(text, now)).toBe(milliseconds)
  })
  it('knows when it cannot be read', () => {
    expect(readRetryAfter('soon', now)).toBeUndefined()
  })
})

describe('waiting', () => {
  it('never waits longer than its bounds, whatever it is told', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.option(fc.string()),
        fc.nat(300_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, header, waited, random) => {
          const wait = waitBefore(attempt, header, waited, { now: () => now, random: () => random })
          if (wait.kind === 'giveUp') return true
          return (
            attempt < throttleLimits.attempts &&
            wait.milliseconds >= 0 &&
            wait.milliseconds <= throttleLimits.longestWaitMs + 1 &&
            waited + wait.milliseconds <= throttleLimits.totalWaitMs + 1
          )
        },
      ),
    )
  })

  it.each([
    ['whole', '2', 2000],
    ['fractional', '0.25', 250],
    ['missing', undefined, 1000],
  ])('waits after a 429 whose Retry-After is %s, then answers', async (_name, header, milliseconds) => {
    const { patient, calls, clock } = answering(refusal(429, header), fine)
    const context: Context = { request: 'https://graph.example/v1.0/users', options: { method: 'GET', headers: { a: '1' } } }
    await patient.execute(context)
    expect(clock.slept).toEqual([milliseconds])
    expect(calls).toHaveLength(2)
    expect(context.response?.status).toBe(200)
  })

  it.each([502, 503, 504])('tries again after %i', async (status) => {
    const { patient, calls } = answering(refusal(status), fine)
    await patient.execute({ request: 'x', options: { method: 'GET' } })
    expect(calls).toHaveLength(2)
  })

  it.each([400, 401, 403, 404, 500])('hands on %i at once', async (status) => {
    const { patient, calls, clock } = answering(refusal(status))
    const context: Context = { request: 'x', options: { method: 'GET' } }
    await patient.execute(context)
    expect(calls).toHaveLength(1)
    expect(clock.slept).toEqual([])
    expect(context.response?.status).toBe(status)
  })

  it('gives up in the end and hands on the last refusal', async () => {
    const { patient, calls } = answering(refusal(429, '1'))
    const context: Context = { request: 'x', options: { method: 'GET' } }
    await patient.execute(context)
    expect(calls).toHaveLength(throttleLimits.attempts)
    expect(context.response?.status).toBe(429)
  })

  it('tries a broken connection again, three times at most', async () => {
    const good = answering(broken(), fine)
    await good.patient.execute({ request: 'x', options: { method: 'GET' } })
    expect(good.calls).toHaveLength(2)
    const bad = answering(broken())
    await expect(bad.patient.execute({ request: 'x', options: { method: 'GET' } })).rejects.toThrow(
      'connection to Microsoft Graph was lost',
    )
    expect(bad.calls).toHaveLength(throttleLimits.brokenConnections)
  })

  it('stops waiting when it is told to stop', async () => {
    const stop = new AbortController()
    stop.abort(new Error('stopped'))
    const { patient } = answering(refusal(429, '1'), fine)
    await expect(patient.execute({ request: 'x', options: { method: 'GET', signal: stop.signal } })).rejects.toThrow('stopped')
  })

  it('sends no second Authorization header with a second attempt', async () => {
    const clock = fakeClock()
    const patient = new PatientMiddleware(clock)
    const seen: unknown[] = []
    patient.setNext({
      async execute(context) {
        seen.push({ ...context.options?.headers })
        Object.assign(Object(context.options?.headers), { authorization: `token ${seen.length}` })
        context.response = seen.length === 1 ? refusal(429, '0') : fine.clone()
      },
    })
    await patient.execute({ request: 'x', options: { method: 'GET', headers: { accept: 'json' } } })
    expect(seen).toEqual([{ accept: 'json' }, { accept: 'json' }])
  })

  it.each(['POST', 'PATCH', 'PUT', 'DELETE'])('refuses to carry %s', async (method) => {
    const { patient, calls } = answering(fine)
    await expect(patient.execute({ request: 'x', options: { method } })).rejects.toThrow('GET and nothing else')
    expect(calls).toHaveLength(0)
  })
})
