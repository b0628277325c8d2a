import { describe, expect, it } from '@jest/globals'
import { commandOf, type commands } from '../../../bot/src/assistant/commands.ts'
import { parse, parseAnswer } from '../../../bot/src/assistant/grammar/parse.ts'
import { fc } from '../../random.ts'
import { proposes, writing } from './proposing.ts'

const wholeLines = writing.flatMap((command) => command.words.map((words) => `${words}${partsFor(command)}`))

/** What can stand after the words, of each slot one. */
function partsFor({ slots, joint }: (typeof commands)[number]): string {
  const [first, second] = slots.map(({ is }) => (is === 'users' ? 'erik@contoso.example, bo@contoso.example' : 'Erik Holm'))
  return [first, first === undefined ? undefined : joint[0], second]
    .filter((part) => part !== undefined)
    .map((part) => ` ${part}`)
    .join('')
}

describe('what proposes a change', () => {
  it.each([
    "don't disable user erik",
    'don’t disable user erik',
    'dont disable user erik',
    'do not disable user erik',
    'never disable user erik',
    'please never block user erik',
    'disable user erik?',
    'should I disable user erik',
    'can you disable user erik',
    'what if we disable user erik',
    'if he leaves, disable user erik',
    'disable user erik if he leaves',
    'disable user erik unless he answers',
    'disable user erik after Friday',
    'disable user not erik',
    'undo R-0001?',
    'remove secret of no application',
    'please disable user erik',
    'he said: disable user erik',
    'disabled user erik',
    'disable userx erik',
    'disable  the user erik',
    'disabl user erik',
    'dis\u200Bable erik',
  ])('“%s” proposes nothing', (text) => {
    expect(proposes(parse(text))).toBe(false)
  })

  it('an address or an id is what it is, whatever words are in it', () => {
    for (const target of ['no.if@contoso.example', 'not@contoso.example', '11111111-2222-4333-8444-555555555555'])
      expect(parse(`disable user ${target}`)).toMatchObject({ kind: 'command', parts: [target] })
  })

  it('no sentence around the words of a command proposes (1,500 sentences)', () => {
    const counts = { negated: 0, asked: 0, conditional: 0, prefixed: 0 }
    const line = fc.constantFrom(...wholeLines)
    const surroundings = [
      ['negated', "don't ", ''],
      ['negated', 'do not ', ' please'],
      ['negated', 'you should never ', ''],
      ['asked', '', '?'],
      ['asked', 'should we ', ''],
      ['asked', 'why did you ', ' yesterday?'],
      ['conditional', '', ' if needed'],
      ['conditional', 'when it is time ', ''],
      ['conditional', '', ' unless he objects'],
      ['prefixed', 'please ', ''],
      ['prefixed', 'I think ', ''],
      ['prefixed', 'yes ', ''],
      ['prefixed', '> ', ''],
    ] as const
    const around = fc.constantFrom(...surroundings)
    fc.assert(
      fc.property(around, line, fc.boolean(), ([kind, before, after], words, isUpper) => {
        counts[kind] += 1
        const text = `${before}${words}${after}`
        expect(proposes(parse(isUpper ? text.toUpperCase() : text))).toBe(false)
      }),
      { numRuns: 1500 },
    )
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(100)
  })
})

describe('targets', () => {
  it.each([
    ['disable user \u202Ekire', 'kire'],
    ['disable user er\u200Bik', 'erik'],
    ['disable user ｅｒｉｋ', 'erik'],
    ['disable user \u2066erik\u2069@contoso.example', 'erik@contoso.example'],
  ])('%j loses what is invisible', (text, argument) => {
    expect(parse(text)).toMatchObject({ kind: 'command', parts: [argument] })
  })

  it.each([
    'disable user \u0435rik',
    'disable user erik@c\u043Entoso.example',
    'disable user \u0430da@contoso.example',
    'remove secret of P\u0430yroll',
    'disable user Ал\u0065xei',
  ])('%j mixes alphabets and is refused', (text) => {
    expect(parse(text)).toMatchObject({ kind: 'badTarget', because: 'mixedScripts' })
  })

  it.each(['Алексей', '山田 太郎', '김철수', 'Αλέξανδρος', 'Zoë Müller-Łukasz', 'Wang Wei 王伟', "O'Neil"])(
    'the name %j of one alphabet is taken',
    (name) => {
      expect(parse(`disable user ${name}`)).toMatchObject({ kind: 'command', parts: [name.normalize('NFKC')] })
    },
  )

  it('is refused when it is too long for a name', () => {
    expect(parse(`disable user ${'a'.repeat(300)}`)).toMatchObject({ kind: 'badTarget', because: 'tooLong' })
  })
})

describe('answers to a question', () => {
  it('are the missing part, unless they are a command or a no', () => {
    const asked = { commandId: 'disable-user', parts: [], naming: [] }
    expect(parseAnswer(asked, 'erik')).toMatchObject({ kind: 'command', command: { id: 'disable-user' }, parts: ['erik'] })
    expect(parseAnswer(asked, 'posture')).toMatchObject({ kind: 'command', command: { id: 'posture' } })
    expect(parseAnswer(asked, 'cancel')).toMatchObject({ kind: 'command', command: { id: 'cancel' } })
    for (const text of ['no', 'not now', 'who?', 'maybe erik', '']) expect(proposes(parseAnswer(asked, text))).toBe(false)
  })
})

describe('everything else', () => {
  it('gets three suggestions, and never runs one of them', () => {
    for (const text of ['postuer', 'disabel user erik', 'what?', '🦄', 'delete everything']) {
      const parsed = parse(text)
      if (parsed.kind !== 'unknown') throw new Error(`“${text}” was taken for ${parsed.kind}.`)
      expect(parsed.suggestions).toHaveLength(3)
    }
    const typo = parse('disabel user erik')
    expect(typo.kind === 'unknown' && typo.suggestions[0]).toBe(commandOf('disable-user'))
  })
})

describe('marks at the end of words that take nothing', () => {
  it.each([
    ['help', 'help'],
    ['help?!.', 'help'],
    ['posture?', 'posture'],
    ['disable stale guests!', 'disable-stale-guests'],
    ['disable stale guests?', undefined],
    ['help!x', undefined],
    ['help !x', undefined],
    ['helpful!', undefined],
    ['!!!', undefined],
  ])('“%s” means %s', (text, id) => {
    const parsed = parse(text)
    expect(parsed.kind === 'command' ? parsed.command.id : undefined).toBe(id)
  })
})
