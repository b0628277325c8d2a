import { describe, expect, it } from '@jest/globals'
import { parseConfirmation } from '../../../bot/src/chat/confirmation.ts'
import { fc } from '../../random.ts'

describe('the confirmation parser', () => {
  it('no other text is a yes (20,000 texts around yes)', () => {
    let near = 0
    const piece = fc.oneof(
      fc.constantFrom('yes', 'YES', 'yes ', ' ', 'K7F3', 'no', '.', '\u200B', 'please', 'ｙｅｓ', '\n', '?'),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
        const text = pieces.join('')
        if (/yes/i.test(text)) near += 1
        const isExact = /^yes( [ACDEFGHJKLMNPQRTUVWXYZ2-9]{4})?$/i.test(text.normalize('NFKC').trim())
        expect(parseConfirmation(text) !== undefined).toBe(isExact)
      }),
      { numRuns: 20_000 },
    )
    expect(near).toBeGreaterThan(2000)
  })
})
