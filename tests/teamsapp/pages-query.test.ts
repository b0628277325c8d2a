import { expect, test } from '@jest/globals'
import { allPages, type ListPage } from '../../teamsapp/layout/pages-query.ts'

interface Numbers extends ListPage {
  readonly numbers: readonly number[]
}

/** Two numbers a page, of which the first is gone once it was judged anew, after so many answers. */
function listJudgedAnewAfter(answers: number): (query: Readonly<Record<string, string>>) => Promise<Numbers> {
  let given = 0
  return ({ cursor }) => {
    const isNew = given >= answers
    given += 1
    const all = isNew ? [2, 3, 4, 5, 6] : [1, 2, 3, 4, 5, 6]
    const from = Number(cursor ?? 0)
    return Promise.resolve({
      asOf: isNew ? 'later' : 'first',
      numbers: all.slice(from, from + 2),
      next: from + 2 < all.length ? String(from + 2) : null,
    })
  }
}

async function read(
  load: (query: Readonly<Record<string, string>>) => Promise<Numbers>,
  signal: AbortSignal,
): Promise<number[] | undefined> {
  const found: number[] = []
  const all = await allPages({}, load, {
    signal,
    onPage: ({ numbers }, isFirst) => {
      if (isFirst) found.length = 0
      found.push(...numbers)
    },
  })
  return all && found
}

test.each([
  { when: 'never', answers: 9, all: [1, 2, 3, 4, 5, 6] },
  { when: 'before the second page', answers: 1, all: [2, 3, 4, 5, 6] },
  { when: 'before the last page', answers: 2, all: [2, 3, 4, 5, 6] },
])('all pages are of one judgement: judged anew $when', async ({ answers, all }) => {
  expect(await read(listJudgedAnewAfter(answers), new AbortController().signal)).toEqual(all)
})

test('reading ends when it is stopped', async () => {
  const stop = new AbortController()
  stop.abort()
  expect(await read(listJudgedAnewAfter(9), stop.signal)).toBeUndefined()
})
