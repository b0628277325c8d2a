import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { makeWatch, waitBefore } from '../../teamsapp/client/watch.ts'

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

describe('the watch over the service', () => {
  test('asks a lost service after 1, 2, 4 … seconds, half a minute at most, until it is back, and then says so once', async () => {
    const asked: number[] = []
    const begun = Date.now()
    let isThere = false
    let returns = 0
    const watch = makeWatch({
      random: () => 0.5,
      probe: () => {
        asked.push(Math.round((Date.now() - begun) / 1000))
        return isThere ? Promise.resolve(true) : Promise.reject(new TypeError('failed to fetch'))
      },
    })
    watch.onReturn(() => {
      returns += 1
    })
    watch.noteSilence()
    watch.noteSilence()
    expect(watch.standing().reach).toEqual({ kind: 'lost', since: begun, nextTryAt: begun + 1000 })
    await jest.advanceTimersByTimeAsync(100_000)
    expect(asked).toEqual([1, 3, 7, 15, 31, 61, 91])
    expect(watch.standing().reach).toMatchObject({ kind: 'lost', since: begun })
    isThere = true
    watch.tryNow()
    await jest.advanceTimersByTimeAsync(0)
    expect(watch.standing().reach.kind).toBe('reached')
    await jest.advanceTimersByTimeAsync(100_000)
    expect({ returns, asked: asked.length }).toEqual({ returns: 1, asked: 8 })
  })

  test('any answer ends the loss', () => {
    const watch = makeWatch({ probe: () => Promise.resolve(false) })
    watch.noteSilence()
    watch.noteAnswer(null)
    expect(watch.standing().reach).toEqual({ kind: 'reached' })
  })

  test('waits are spread, so that not all tabs come back at one moment', () => {
    expect([waitBefore(0, 0), waitBefore(0, 1), waitBefore(20, 0), waitBefore(20, 1)]).toEqual([750, 1250, 22_500, 37_500])
  })

  test('a second version of the service makes the page outdated; the first does not', () => {
    const watch = makeWatch({ probe: () => Promise.resolve(true) })
    for (const version of [null, '1.0.0', null, '1.0.0']) watch.noteAnswer(version)
    expect(watch.standing().isOutdated).toBe(false)
    watch.noteAnswer('1.1.0')
    expect(watch.standing().isOutdated).toBe(true)
  })

  test('a lost sign-in stands with what was first said of it until somebody has signed in', () => {
    const watch = makeWatch({ probe: () => Promise.resolve(true) })
    const said = { type: 'about:blank', title: 'Not signed in', status: 401, detail: 'The session has ended.', requestId: 'r' }
    watch.noteProblem({ ...said, status: 403 })
    expect(watch.standing().signInProblem).toBeUndefined()
    watch.noteProblem(said)
    watch.noteProblem({ ...said, detail: 'Another.' })
    expect(watch.standing().signInProblem).toEqual(said)
    watch.noteSignedIn()
    expect(watch.standing().signInProblem).toBeUndefined()
  })
})
