import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { openJobs, type JobKind, type Jobs } from '../../../bot/src/engine/jobs.ts'
import { openTestStore, silentLog, type TestStore } from '../store/test-store.ts'

let test: TestStore
let jobs: Jobs
const begun: unknown[] = []
const waiting = new Set<() => void>()
const kind: JobKind = {
  name: 'note',
  retries: 0,
  atOnce: 1,
  async run(data) {
    begun.push(data)
    for (const look of waiting) look()
  },
}
beforeAll(async () => {
  test = await openTestStore()
  // Longer than the test may take: whatever begins has been woken.
  jobs = await openJobs(test.store, [kind], silentLog, { pollingSeconds: 3600 })
})
afterAll(async () => {
  await jobs.stop()
  await test.close()
})

async function untilBegun(count: number): Promise<void> {
  while (begun.length < count)
    await new Promise<void>((go) => {
      waiting.add(go)
    })
}

it('a job that this process sends begins at once, one after the other, and not when it is meant for later', async () => {
  await jobs.send('note', { number: 1 })
  await untilBegun(1)
  await jobs.send('note', { number: 'later' }, { startAfter: new Date(Date.now() + 3_600_000) })
  for (const number of [2, 3, 4]) {
    await jobs.send('note', { number })
    await untilBegun(number)
  }
  expect(begun).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }, { number: 4 }])
})
