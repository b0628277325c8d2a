import { describe, expect, it } from '@jest/globals'
import { judgeExpectation } from '@countersign/core/actions/expectation.ts'

describe('read-back', () => {
  it('equals: met, not met, and unclear when the field or the object is missing', () => {
    const expectation = { kind: 'equals', field: 'accountEnabled', value: false } as const
    expect(judgeExpectation(expectation, { accountEnabled: false })).toBe('met')
    expect(judgeExpectation(expectation, { accountEnabled: true })).toBe('notMet')
    expect(judgeExpectation(expectation, { accountEnabled: null })).toBe('notMet')
    expect(judgeExpectation(expectation, {})).toBe('unclear')
    expect(judgeExpectation(expectation, undefined)).toBe('unclear')
    expect(judgeExpectation({ kind: 'equals', field: 'toString', value: null }, {})).toBe('unclear')
  })
  it('lacks: a list without the entry is met; no list is unclear', () => {
    const expectation = { kind: 'lacks', list: 'passwordCredentials', field: 'keyId', value: 'k' } as const
    expect(judgeExpectation(expectation, { passwordCredentials: [{ keyId: 'other' }] })).toBe('met')
    expect(judgeExpectation(expectation, { passwordCredentials: [{ keyId: 'k' }] })).toBe('notMet')
    expect(judgeExpectation(expectation, { passwordCredentials: null })).toBe('unclear')
  })
  it('notBefore: a time stamp at or after the start', () => {
    const expectation = { kind: 'notBefore', field: 'since', since: '2026-11-22T12:00:00Z' } as const
    expect(judgeExpectation(expectation, { since: '2026-11-22T12:00:00.000Z' })).toBe('met')
    expect(judgeExpectation(expectation, { since: '2026-11-22T11:59:59Z' })).toBe('notMet')
    expect(judgeExpectation(expectation, { since: 'never' })).toBe('unclear')
  })
  it('gone: only a 404 proves it', () => {
    expect(judgeExpectation({ kind: 'gone' }, undefined)).toBe('met')
    expect(judgeExpectation({ kind: 'gone' }, { id: 'x' })).toBe('notMet')
  })
})
