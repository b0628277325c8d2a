import { describe, expect, it } from '@jest/globals'
import { effectsOf } from '../../../bot/src/engine/act/lock-out.ts'

const line = (locksOut: string | null) => ({ reason: 'x', values: {}, locksOut })
const blast = [line(null), line('ada@contoso.example'), line('ada@contoso.example'), line('Break Glass')]

describe('whoever would be locked out', () => {
  it('must be named, each of them', () => {
    expect(effectsOf(blast, [])).toMatchObject({ reason: 'lockOut', values: { names: 'ada@contoso.example, Break Glass' } })
    expect(effectsOf(blast, ['break glass'])).toMatchObject({ reason: 'lockOut', values: { names: 'ada@contoso.example' } })
  })
  it('counts as named whatever the case and the space around, and not otherwise', () => {
    expect(effectsOf(blast, [' ADA@contoso.example ', 'break glass', 'somebody else'])).toEqual({
      kind: 'effects',
      blast,
      acknowledged: ['ADA@contoso.example', 'break glass'],
    })
    for (const close of ['ada@contoso.exampl', 'ada', 'ada@contoso.example, Break Glass'])
      expect(effectsOf(blast, [close, 'Break Glass'])).toMatchObject({ kind: 'refused' })
  })
  it('is nobody where the change locks nobody out', () => {
    expect(effectsOf([line(null)], [])).toEqual({ kind: 'effects', blast: [line(null)], acknowledged: [] })
  })
})
