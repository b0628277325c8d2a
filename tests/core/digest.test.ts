import { describe, expect, it } from '@jest/globals'
import { canonicalJson, digest, sha256Hex } from '@countersign/core/digest.ts'

describe('digest', () => {
  it('sorts keys and leaves out undefined members', () => {
    expect(canonicalJson({ b: 1, a: [true, null, 'é'] })).toBe('{"a":[true,null,"é"],"b":1}')
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
