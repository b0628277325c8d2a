import { describe, expect, it } from '@jest/globals'
import { Writable } from 'node:stream'
import { showProgress } from '../../../bot/src/cli/scan-progress.ts'

const steps = [
  { state: 'queued', progress: { done: 0, of: 0, now: '' } },
  { state: 'collecting', progress: { done: 1, of: 9, now: 'Applications' } },
  { state: 'collecting', progress: { done: 1, of: 9, now: 'Applications' } },
  { state: 'judging', progress: { done: 8, of: 9, now: '' } },
  { state: 'finished', progress: { done: 9, of: 9, now: '' } },
] as const

describe('scan progress', () => {
  it('writes one plain line for each step where nobody watches', () => {
    const lines: string[] = []
    const progress = showProgress({ isWatched: false, progress: new Writable(), tell: (line) => void lines.push(line) })
    for (const step of steps) progress.show(step)
    progress.end()
    expect(lines).toEqual(['Waiting to begin', '1 of 9  Reading: Applications', '8 of 9  Judging', '9 of 9  Finished'])
  })

  it('draws a bar where a person watches, and takes it away at the end', () => {
    let drawn = ''
    const screen = Object.assign(
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          drawn += chunk.toString('utf8')
          done()
        },
      }),
      { isTTY: true, columns: 100, clearLine: () => true, cursorTo: () => true, moveCursor: () => true },
    )
    const progress = showProgress({
      isWatched: true,
      progress: screen,
      tell: () => expect('a plain line').toBe('not written beside a bar'),
    })
    for (const step of steps) progress.show(step)
    progress.end()
    expect(drawn).toContain('0 of 1  Waiting to begin')
  })
})
