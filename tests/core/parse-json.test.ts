import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { parseJson, readJson } from '../../core/parse-json.ts'
import { fc } from '../random.ts'

describe('JSON from elsewhere', () => {
  it('is what it says, of any shape', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/toString|\\u00[567]/.test(text))
        expect(readJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('is undefined, or an error, where it is none', () => {
    expect(parseJson('{"a":')).toBeUndefined()
    expect(() => readJson('{"a":')).toThrow(SyntaxError)
    expect(parseJson('['.repeat(200_000))).toBeUndefined()
  })

  it.each(['toString', '\\u0074oString', 'to\\u0053tring'])(
    'loses members named %s, with which asking for a length would throw',
    (name) => {
      const value = parseJson(`{"kept":{"length":{"${name}":1}},"toString":"no"}`)
      expect(value).toEqual({ kept: { length: {} } })
      const schema = z.object({ kept: z.string().min(1).max(5) })
      expect(schema.safeParse(value).success).toBe(false)
      expect(() => schema.safeParse(JSON.parse('{"kept":{"length":{"toString":1}}}'))).toThrow(TypeError)
    },
  )

  it('loses such members however deep they stand', () => {
    const text = `${'{"in":'.repeat(50_000)}{"toString":1,"kept":2}${'}'.repeat(50_000)}`
    let inner = parseJson(text)
    for (let level = 0; level < 50_000; level++) inner = Object(inner).in
    expect(inner).toEqual({ kept: 2 })
  })
})
