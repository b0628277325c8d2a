import { describe, expect, it } from '@jest/globals'
import { checkOf } from '@countersign/core/posture/checks.ts'
import { activityItem } from '../../../bot/src/http/views/activity.ts'
import { changesOf } from '../../../bot/src/http/views/overview.ts'
import type { Judged } from '../../../bot/src/http/views/results.ts'
import type { StoredFinding } from '../../../bot/src/store/findings.ts'

/** The titles of these checks say how it should be; said of something found they would be the opposite of what is so. */
const ofTenant = 'users-register-no-apps'
const ofObjects = 'app-without-owner'

function finding(checkId: string, state: StoredFinding['state'], name: string): StoredFinding {
  return {
    key: `${checkId}/${name}`,
    checkId,
    object: { type: name === '' ? 'tenant' : 'application', id: name, part: '', name },
    severity: 'high',
    state,
    values: name === '' ? {} : { control: 'no' },
    basis: [],
    firstSeen: '2026-11-20T08:00:00.000Z',
    changedAt: '2026-11-22T08:00:00.000Z',
    notReadSince: null,
    scanId: null,
  }
}

function judged(checkId: string): Judged {
  const check = checkOf(checkId)
  if (!check) throw new Error(`There is no check ${checkId}.`)
  const outcome = { verdict: 'fail' as const, reason: 'wrong', values: {}, objects: [], basis: [] }
  return { check, result: { checkId, outcome } as unknown as Judged['result'] }
}

function titleOf(...[checkId, state, name]: Parameters<typeof finding>): string | undefined {
  return changesOf([finding(checkId, state, name)], checkId === ofTenant ? [judged(ofTenant)] : [], [], 'en')[0]?.title
}

describe('what the last scan changed', () => {
  it.each(['open', 'returned'] as const)('of the tenant itself, now %s, is told as what was found', (state) =>
    expect(titleOf(ofTenant, state, '')).toBe('Users can register applications'),
  )

  it('of an object is told as what was found of it', () =>
    expect(titleOf(ofObjects, 'open', 'Payroll Sync')).toBe('Payroll Sync: Nobody owns it.'))

  it('and was mended is told by the check, which other findings of the object may still fail', () => {
    expect(titleOf(ofTenant, 'closed', '')).toBe('Users cannot register applications')
    expect(titleOf(ofObjects, 'closed', 'Payroll Sync')).toBe('Payroll Sync, check “Every app registration has an owner”')
  })
})

describe('the activity', () => {
  it.each([
    ['1', 'Check “Users cannot register applications”'],
    ['8', 'Check “Users cannot register applications”, 8 objects'],
  ])('of %s finding names the check as one', (count, words) => {
    const row = {
      at: '2026-11-22T08:00:00.000Z',
      source: 'finding',
      id: '1',
      kind: 'finding',
      what: 'finding.opened',
      by_name: '',
    } as const
    expect(activityItem({ ...row, code: ofTenant, detail: count, ref: ofTenant })).toMatchObject({ title: 'Finding opened', detail: words })
  })
})
