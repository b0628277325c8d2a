import { describe, expect, it } from '@jest/globals'
import { parse } from '../../../bot/src/assistant/grammar/parse.ts'
import { fc } from '../../random.ts'
import { proposes, writing } from './proposing.ts'

const writingPhrases = writing.flatMap(({ words }) => words)

describe('what proposes a change', () => {
  it('arbitrary text is a proposal only when a listed phrase begins it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 60 }),
          fc
            .array(fc.constantFrom('disable', 'user', 'not', 'undo', 'remove', 'secret', 'of', 'erik', 'yes', 'if', '?'), { maxLength: 8 })
            .map((words) => words.join(' ')),
        ),
        (text) => {
          const parsed = parse(text)
          if (!proposes(parsed)) return
          const clean = text.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase()
          expect([...writingPhrases, ...writing.flatMap(({ wide }) => wide)].some((phrase) => `${clean} `.startsWith(`${phrase} `))).toBe(
            true,
          )
          expect(clean).not.toMatch(/\b(not|if)\b|\?$/)
        },
      ),
      { numRuns: 1000 },
    )
  })
})
