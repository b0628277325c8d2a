import { describe, expect, it } from '@jest/globals'
import { canonicalJson, digest, sha256Hex, type Json } from '@countersign/core/digest.ts'

describe('digest', () => {
  it('sorts keys and leaves out undefined members', () => {
    expect(canonicalJson({ b: 1, a: [true, null, 'é'] })).toBe('{"a":[true,null,"é"],"b":1}')
  })
  it('sorts keys that the language would order its own way', () => {
    const odd: unknown = JSON.parse('{"b":{"9":1,"10":[{"__proto__":null,"a":"\\u0007"}]},"__proto__":{"z":1,"y":2},"toJSON":"x"}')
    expect(canonicalJson(odd as Json)).toBe('{"__proto__":{"y":2,"z":1},"b":{"10":[{"__proto__":null,"a":"\\u0007"}],"9":1},"toJSON":"x"}')
  })
  it('agrees with the published SHA-256 of "abc" (FIPS 180-4)', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
  it('gives one digest for one meaning', () => {
    expect(digest({ a: 1, b: { d: 2, c: 3 } })).toBe(digest({ b: { c: 3, d: 2 }, a: 1 }))
  })
  it('refuses what JSON cannot hold', () => {
    expect(() => canonicalJson(Number.NaN)).toThrow('no canonical JSON form')
  })
})
