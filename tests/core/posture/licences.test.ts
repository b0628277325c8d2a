import { describe, expect, it } from '@jest/globals'
import { licencesOf } from '../../../core/posture/licences.ts'
import { subscription } from '../../build/facts.ts'

describe('licences', () => {
  it('are not known without the subscriptions, and absent in none', () => {
    expect(licencesOf(undefined)).toEqual({ p1: 'notKnown', p2: 'notKnown' })
    expect(licencesOf([])).toEqual({ p1: 'absent', p2: 'absent' })
  })

  it('P2 holds P1, not the other way round', () => {
    expect(licencesOf([subscription(['p2'])])).toEqual({ p1: 'present', p2: 'present' })
    expect(licencesOf([subscription(['p1'])])).toEqual({ p1: 'present', p2: 'absent' })
  })

  it.each([
    ['Enabled', 'Success', 'present'],
    ['Warning', 'Success', 'present'],
    ['Suspended', 'Success', 'absent'],
    ['Deleted', 'Success', 'absent'],
    ['LockedOut', 'Success', 'absent'],
    ['Enabled', 'Disabled', 'absent'],
    ['Enabled', 'PendingActivation', 'notKnown'],
    ['unknownFutureValue', 'Success', 'notKnown'],
    ['unknownFutureValue', 'Disabled', 'absent'],
  ] as const)('a subscription %s with a plan %s makes it %s', (capability, provisioning, state) => {
    expect(licencesOf([subscription(['p1'], capability, provisioning)]).p1).toBe(state)
  })

  it('one working subscription is enough; a doubt is not an absence', () => {
    expect(licencesOf([subscription(['p1'], 'Suspended'), subscription(['p1'])]).p1).toBe('present')
    expect(licencesOf([subscription(['p1'], 'Suspended'), subscription(['p1'], 'New')]).p1).toBe('notKnown')
    expect(licencesOf([subscription(['p2'], 'New')])).toEqual({ p1: 'notKnown', p2: 'notKnown' })
  })
})
