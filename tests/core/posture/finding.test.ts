import { describe, expect, it } from '@jest/globals'
import { observe } from '../../../core/posture/finding.ts'

describe('what a verdict says about one object', () => {
  it('closes nothing that may stand among the objects that are counted and not listed', () => {
    expect([observe('fail', true, 3), observe('fail', false, 3), observe('fail', false), observe('warn', false, 0)]).toEqual([
      'failing',
      'notRead',
      'absent',
      'absent',
    ])
    expect([observe('unknown', false), observe('manual', false), observe('pass', false), observe('notApplicable', false)]).toEqual([
      'notRead',
      'notRead',
      'absent',
      'absent',
    ])
  })
})
