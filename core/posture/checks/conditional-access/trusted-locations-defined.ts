import { defineCheck } from '../../check.ts'
import type { AffectedObject, Verdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { nameOr } from '../../rows/graph-values.ts'
import { isWideRange } from '../../rules/address-range.ts'

export const trustedLocationsDefined = defineCheck({
  id: 'trusted-locations-defined',
  code: 'CA-21',
  area: 'conditionalAccess',
  severity: 'low',
  title: 'Trusted places are defined, and narrow',
  failTitle: 'Trusted places are missing or too wide',
  why: 'Named locations let policies and the risk engine tell the office from the rest of the world. A range that is too wide calls strangers colleagues.',
  reasons: {
    defined: '{count, plural, one {A trusted place is} other {# trusted places are}} defined, and none is too wide.',
    none: 'No place by IP address is marked as trusted.',
    tooWide: '{count, plural, one {A trusted place holds} other {# trusted places hold}} a very large range of addresses: {names}.',
  },
  objectReason: 'It holds a very large range: {range}.',
  remediation: [
    'List the public addresses of your offices and of the gateways that your people use.',
    'Create named locations with exactly these ranges, and mark them as trusted.',
    'Split or remove ranges with a prefix of /8 or shorter.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_ConditionalAccess/ConditionalAccessBlade/~/NamedLocations',
  frameworks: { cis: ['5.2.2.14'], zeroTrust: ['21865'] },
  licence: 'p1',

  needs: ['namedLocations'],
  judge({ namedLocations }): Verdict {
    const trusted = namedLocations.filter(({ isTrusted, ipRanges }) => isTrusted === true && (ipRanges ?? []).length > 0)
    const wide = trusted.flatMap((place) => {
      const range = place.ipRanges?.find(({ cidrAddress }) => isWideRange(cidrAddress))
      return range ? [{ place, range: range.cidrAddress }] : []
    })
    const basis = [factKey('namedLocations', '')]
    if (trusted.length === 0) return { verdict: 'fail', reason: 'none', values: {}, objects: [], basis }
    if (wide.length === 0) return { verdict: 'pass', reason: 'defined', values: { count: trusted.length }, basis }
    const objects = wide.map(({ place, range }): AffectedObject => {
      return {
        type: 'policy',
        id: place.id,
        name: nameOr(place.displayName, place.id),
        values: { range },
        basis: [factKey('namedLocations', place.id)],
      }
    })
    const values = { count: wide.length, names: objects.map(({ name }) => name).join(', ') }
    return { verdict: 'warn', reason: 'tooWide', values, objects, basis }
  },
})
