import { describe, expect, it } from '@jest/globals'
import { earlyNextLink } from '../../../bot/src/graph/next-link.ts'
import { fc } from '../../random.ts'

const numRuns = process.env['DRILL'] ? 20_000 : 500
const link = 'https://graph.local/v1.0/users?$skiptoken=a'

describe('the next link before the answer is parsed', () => {
  it.each([
    ['as Graph writes it', `{"@odata.context":"https://x","@odata.count":12,"@odata.nextLink":"${link}","value":[{"id":"1"}]}`, link],
    ['with white space', ` {\n "@odata.nextLink" :\t"${link}" , "value": [] }`, link],
    ['escaped', `{"\\u0040odata.nextLink":"https:\\/\\/graph.local\\/v1.0\\/users?$skiptoken=a","value":[]}`, link],
    ['after the rows', `{"value":[],"@odata.nextLink":"${link}"}`, undefined],
    ['in a row', `{"value":[{"@odata.nextLink":"${link}"}]}`, undefined],
    ['in an object before', `{"a":{"@odata.nextLink":"${link}"},"value":[]}`, undefined],
    ['in a name', `{"a":"\\",\\"@odata.nextLink\\":\\"${link}","value":[]}`, undefined],
    ['in a key', `{"a\\",\\"@odata.nextLink":"${link}","value":[]}`, undefined],
    ['none', `{"value":[]}`, undefined],
    ['no text', `{"@odata.nextLink":7,"value":[]}`, undefined],
    ['unfinished', `{"@odata.nextLink":"https://graph`, undefined],
    ['a list', `["@odata.nextLink","${link}"]`, undefined],
    ['far down', `{"a":"${'x'.repeat(20_000)}","@odata.nextLink":"${link}","value":[]}`, undefined],
  ])('%s', (_name, text, expected) => {
    expect(earlyNextLink(text)).toBe(expected)
  })

  it('is never another than the parsed answer has, whatever stands in the rows', () => {
    let found = 0
    const hostile = fc.oneof(
      fc.string(),
      fc.constantFrom('"@odata.nextLink":"https://evil"', '","@odata.nextLink":"https://evil', '@odata.nextLink', '\\', '"', '{', '}'),
    )
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        hostile,
        fc.integer(),
        fc.constant(null),
        fc.boolean(),
        fc.array(tie('any')),
        fc.dictionary(hostile, tie('any')),
      ),
    })).any
    fc.assert(
      fc.property(
        fc.array(fc.tuple(hostile, value), { maxLength: 5 }),
        fc.option(hostile),
        fc.nat(5),
        fc.nat(2),
        (members, own, at, indent) => {
          const all = [...members]
          if (own !== null) all.splice(at, 0, ['@odata.nextLink', own])
          const text = JSON.stringify(Object.fromEntries(all), null, indent)
          const early = earlyNextLink(text)
          if (early === undefined) return true
          found += 1
          return early === JSON.parse(text)['@odata.nextLink']
        },
      ),
      { numRuns },
    )
    expect(found).toBeGreaterThan(numRuns / 10)
  })

  it('takes any text without an end or an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '"', '\\', ':', ',', 'a', '1', ' ', '[', '@odata.nextLink') }), (text) => {
        const early = earlyNextLink(text)
        return early === undefined || typeof early === 'string'
      }),
      { numRuns },
    )
  })
})
