import { describe, expect, it } from '@jest/globals'
import { objectsOf, outcome } from '../../../../build/judged.ts'
import { sentence } from '../../../../build/policy-check.ts'

const id = 'trusted-locations-defined'

const ip = '#microsoft.graph.ipNamedLocation'
const place = (placeId: string, isTrusted: boolean | null, ...ranges: readonly string[]) => ({
  '@odata.type': ip,
  id: placeId,
  displayName: `Place ${placeId}`,
  isTrusted,
  ipRanges: ranges.map((cidrAddress) => ({ cidrAddress })),
})

describe(id, () => {
  it('passes with a trusted place of narrow ranges', () => {
    const places = [place('a', true, '203.0.113.0/24', '2001:db8::/48'), place('b', false, '0.0.0.0/0')]
    expect(outcome(id, { namedLocations: places })).toMatchObject({ verdict: 'pass', reason: 'defined', values: { count: 1 } })
  })

  it.each([
    ['no place', []],
    ['a place that is not trusted', [place('a', false, '203.0.113.0/24')]],
    ['a trusted place without ranges', [place('a', true)]],
    ['a country', [{ '@odata.type': '#microsoft.graph.countryNamedLocation', id: 'c', displayName: null, countriesAndRegions: ['CH'] }]],
  ])('fails with %s', (_what, namedLocations) => {
    const verdict = outcome(id, { namedLocations })
    expect(verdict).toMatchObject({ verdict: 'fail', reason: 'none', objects: [] })
    expect(sentence(id, verdict)).toContain('trusted')
  })

  it.each(['0.0.0.0/0', '10.0.0.0/8', '2001::/16', 'everything'])('warns about %s', (range) => {
    const verdict = outcome(id, { namedLocations: [place('a', true, '203.0.113.0/24', range)] })
    expect(verdict).toMatchObject({ verdict: 'warn', reason: 'tooWide' })
    expect(objectsOf(verdict)).toEqual(['a'])
    expect(sentence(id, verdict)).toContain('Place a')
  })

  it('does not apply without the licence, and is unknown without the places', () => {
    expect(outcome(id, { namedLocations: [] }, { licences: { p1: 'absent', p2: 'absent' } }).verdict).toBe('notApplicable')
    expect(outcome(id, { namedLocations: 'scope' })).toMatchObject({ verdict: 'unknown', fact: 'namedLocations' })
    expect(outcome(id, { namedLocations: [{ '@odata.type': ip, id: 'a', isTrusted: true }] })).toMatchObject({
      verdict: 'unknown',
      reason: 'shape',
    })
  })
})
