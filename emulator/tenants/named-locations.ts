import type { Planter } from './planter.ts'
import type { Row } from './tenant.ts'

/** A named location by its address ranges in CIDR notation. */
export function ipLocation(planter: Planter, key: string, displayName: string, isTrusted: boolean, ranges: readonly string[]): Row {
  return planter.put('identity/conditionalAccess/namedLocations', {
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    id: planter.id(`location/${key}`),
    displayName,
    deletedDateTime: null,
    createdDateTime: planter.inDays(-600),
    modifiedDateTime: planter.inDays(-600),
    isTrusted,
    ipRanges: ranges.map((cidrAddress) => ({
      '@odata.type': `#microsoft.graph.iPv${cidrAddress.includes(':') ? 6 : 4}CidrRange`,
      cidrAddress,
    })),
  })
}

/** A named location by countries, as ISO 3166-1 alpha-2 codes. */
export function countryLocation(planter: Planter, key: string, displayName: string, countriesAndRegions: readonly string[]): Row {
  return planter.put('identity/conditionalAccess/namedLocations', {
    '@odata.type': '#microsoft.graph.countryNamedLocation',
    id: planter.id(`location/${key}`),
    displayName,
    deletedDateTime: null,
    createdDateTime: planter.inDays(-600),
    modifiedDateTime: planter.inDays(-600),
    countriesAndRegions,
    countryLookupMethod: 'clientIpAddress',
    includeUnknownCountriesAndRegions: false,
  })
}
