import { describe, expect, it } from '@jest/globals'
import { namedLocations } from '../../../../core/posture/facts/named-locations.ts'
import { parsed, publishedRows, refusal, spoiled, withMember } from '../../../build/parsing.ts'

const rows = publishedRows('list-named-locations')

describe('named-locations', () => {
  it("takes the fields in use from Microsoft's published answer", () => {
    expect(parsed(namedLocations, rows)).toMatchObject([
      { displayName: 'Trusted IPv6 named location', isTrusted: true },
      {
        displayName: 'IPv4 named location',
        isTrusted: false,
        ipRanges: [{ cidrAddress: '6.5.4.3/32' }, { cidrAddress: '127.126.125.0/24' }],
      },
      { displayName: 'Country named location', isTrusted: null, ipRanges: null },
    ])
  })

  it.each(['isTrusted', 'ipRanges'])('refuses a location by IP address whose %s is missing or null', (path) => {
    for (const value of [undefined, null, 7]) expect(refusal(namedLocations, withMember(rows[0], path, value))).toContain(path)
  })

  it('takes a kind of location that it does not know', () => {
    expect(parsed(namedLocations, [{ '@odata.type': '#microsoft.graph.compliantNetworkNamedLocation', id: 'x' }])).toHaveLength(1)
  })

  it.each(['id', '@odata.type'])('refuses a row where %s is missing, null or of another type, and says where', (path) => {
    for (const row of spoiled(rows[0], path)) expect(refusal(namedLocations, row)).toContain(path)
  })
})
