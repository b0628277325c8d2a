import { describe, expect, it } from '@jest/globals'
import { codeAlphabet } from '../../../core/actions/offer.ts'
import { parseConfirmation } from '../../../bot/src/chat/confirmation.ts'
import { fc } from '../../random.ts'

const code = fc.array(fc.constantFrom(...codeAlphabet), { minLength: 4, maxLength: 4 }).map((letters) => letters.join(''))

describe('the confirmation parser', () => {
  it.each(['yes', 'Yes', 'YES', ' yes ', 'yes\n', '\u00A0yes', 'ｙｅｓ'])('%j is a bare yes', (text) => {
    expect(parseConfirmation(text)).toEqual({ code: null })
  })

  it('yes and a code is a yes to that code, in any case', () => {
    fc.assert(
      fc.property(code, fc.constantFrom('yes', 'Yes', 'YES', 'yEs'), fc.boolean(), (letters, yes, isLower) => {
        expect(parseConfirmation(`${yes} ${isLower ? letters.toLowerCase() : letters}`)).toEqual({ code: letters })
      }),
    )
  })

  it.each([
    '',
    'y',
    'ye',
    'yess',
    'yes!',
    'yes.',
    'yes?',
    '“yes”',
    'yes please',
    'yes, do it',
    'oh yes',
    'not yes',
    'no',
    'ok',
    'confirm',
    'countersign',
    'yes K7F',
    'yes K7F33',
    'yes K7F3 please',
    'yes  K7F3',
    'yes\tK7F3',
    'yes K7F0',
    'yes K7FO',
    'yesK7F3',
    'K7F3',
    'K7F3 yes',
    'yes yes',
    'yes yes2',
    'y\u200Bes',
    'yes\u200B',
    '\u202Esey',
    'уes',
    'yеs',
    'yes\nK7F3',
    'disable user erik\nyes',
    '👍',
  ])('%j is no yes', (text) => {
    const parsed = parseConfirmation(text)
    // A tab or a line break between yes and code is not the one space that is asked for.
    expect(parsed).toBeUndefined()
  })
})
