import { describe, expect, it } from '@jest/globals'
import { cleanName } from '@countersign/core/text/clean-name.ts'
import { fc } from '../../random.ts'

describe('names from the tenant', () => {
  it('is one short line without invisible characters or markup, whatever came in, and stays so', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const shown = cleanName(name)
        expect([...shown].length).toBeLessThanOrEqual(80)
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}`*_~[\]<>|{}$\\#]/u)
        expect(shown.length).toBeGreaterThan(0)
      }),
    )
  })
})
