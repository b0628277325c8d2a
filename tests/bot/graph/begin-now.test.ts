import { describe, expect, it } from '@jest/globals'
import { beginNow } from '../../../bot/src/graph/begin-now.ts'

/** Items that note what is done with them. */
function noted(items: readonly (string | Error)[]): { readonly source: AsyncIterable<string>; readonly log: string[] } {
  const log: string[] = []
  async function* source(): AsyncIterable<string> {
    try {
      for (const item of items) {
        log.push(String(item))
        if (item instanceof Error) throw item
        yield item
      }
    } finally {
      log.push('ended')
    }
  }
  return { source: source(), log }
}

async function all(items: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = []
  for await (const item of items) found.push(item)
  return found
}

describe('an iteration that is begun before it is gone through', () => {
  it('takes the first step at once, the others when they are asked for, and leaves nothing out', async () => {
    const { source, log } = noted(['a', 'b', 'c'])
    const begun = beginNow(source)
    expect(log).toEqual(['a'])
    expect(await all(begun.items)).toEqual(['a', 'b', 'c'])
    expect(log).toEqual(['a', 'b', 'c', 'ended'])
  })

  it('is empty where there is nothing', async () => {
    expect(await all(beginNow(noted([]).source).items)).toEqual([])
  })

  it('tells whoever goes through it of a failure of the first step, and nobody else', async () => {
    const begun = beginNow(noted([new Error('cut')]).source)
    await new Promise(setImmediate)
    await expect(all(begun.items)).rejects.toThrow('cut')
    beginNow(noted([new Error('cut')]).source).drop()
    await new Promise(setImmediate)
  })

  it('ends the source where it is dropped or left half-way', async () => {
    const dropped = noted(['a', 'b'])
    beginNow(dropped.source).drop()
    await new Promise(setImmediate)
    expect(dropped.log).toEqual(['a', 'ended'])
    const left = noted(['a', 'b', 'c'])
    for await (const item of beginNow(left.source).items) if (item === 'b') break
    expect(left.log).toEqual(['a', 'b', 'ended'])
  })
})
