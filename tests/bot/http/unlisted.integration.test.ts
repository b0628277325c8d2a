import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Principal } from '../../../core/principal.ts'
import type { Profile } from '../../../core/profile.ts'
import { openFindings } from '../../../bot/src/assistant/posture.ts'
import { findingCard } from '../../../bot/src/chat/cards/posture.ts'
import { findingLines, findingPage } from '../../../bot/src/http/views/finding.ts'
import { readTx } from '../../../bot/src/store/transaction.ts'
import { openTestStore, type TestStore } from '../store/test-store.ts'
import { applicationsEnding, daysOn, snapshot } from '../time/snapshots.ts'

const listed = 10_000
const profile: Profile = {
  act: 'on',
  assistant: 'none',
  isolation: 'dedicated',
  cloud: 'global',
  region: '',
  environment: 'emulator',
  retentionDays: 30,
}

let test: TestStore
beforeAll(async () => {
  test = await openTestStore()
})
afterAll(() => test.close())

it('a finding about more objects than a scan lists says everywhere how many more there are', async () => {
  const who = await test.newTenant()
  const principal: Principal = { ...who, displayName: 'Ada', roles: ['owner'], door: 'tab' }
  const ends = Object.fromEntries(Array.from({ length: listed + 12 }, (_, index) => [index, -1]))
  await snapshot(test.store, who, daysOn(0), { applications: applicationsEnding(ends), servicePrincipals: [] })

  const page = await findingPage({ store: test.store, profile }, principal, 'app-secret-expired', 'en')
  expect(page).toMatchObject({ open: listed, unlisted: 12 })
  expect(page?.affected).toHaveLength(listed)
  expect(page?.title).toContain('10,012 expired secrets')
  const lines = await findingLines({ store: test.store, profile }, principal, 'en')
  expect(lines.find(({ code }) => code === 'APP-01')).toMatchObject({ open: listed, unlisted: 12 })
  expect(lines.filter(({ code, unlisted }) => code !== 'APP-01' && unlisted !== 0 && unlisted !== 12)).toEqual([])

  const chat = (await readTx(test.store, who, openFindings))?.find(({ code }) => code === 'APP-01')
  if (!chat) throw new Error('The chat does not know the finding.')
  expect([chat.objects.length, chat.more]).toEqual([5, listed + 12 - 5])
  expect(JSON.stringify(findingCard(chat, 'http://tab'))).toContain('10007 more in Countersign.')

  await snapshot(test.store, who, daysOn(1), { applications: applicationsEnding({ 1: -1 }), servicePrincipals: [] })
  expect(await findingPage({ store: test.store, profile }, principal, 'app-secret-expired', 'en')).toMatchObject({ open: 1, unlisted: 0 })
})
