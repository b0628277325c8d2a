import { describe, expect, it } from '@jest/globals'
import { sentences, unknownWithout } from '../../../../build/check-test.ts'
import { outcome } from '../../../../build/judged.ts'

const id = 'guests-own-no-groups'
const settings = (value: string | null, name = 'AllowGuestsToBeGroupOwner', templateId = '62375AB9-6b52-47ed-826b-58e47e0e304b') => ({
  groupSettings: [{ id: 's', templateId, values: [{ name, value }] }],
})
const fine = settings('false')
const p1 = { licences: { p1: 'present', p2: 'present' } } as const

describe(id, () => {
  it('passes when it is off', () => {
    expect(outcome(id, fine, p1)).toMatchObject({ verdict: 'pass', reason: 'off' })
    expect(outcome(id, settings('False'), p1).verdict).toBe('pass')
  })

  it('fails when it is on, or the settings do not say', () => {
    for (const on of [settings('true'), settings(null), settings(''), settings('false', 'AnotherSetting')])
      expect(outcome(id, on, p1)).toMatchObject({ verdict: 'fail', reason: 'on' })
    expect(sentences(id, settings('true'), p1)[1]).toMatch(/do not keep/)
  })

  it("goes by Microsoft's default without settings of its own", () => {
    for (const without of [{ groupSettings: [] }, settings('false', 'AllowGuestsToBeGroupOwner', 'another-template')])
      expect(outcome(id, without, p1)).toMatchObject({ verdict: 'pass', reason: 'defaults' })
  })

  unknownWithout(id, fine, ['groupSettings'], p1)
})
