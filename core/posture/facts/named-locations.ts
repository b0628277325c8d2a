import { z } from 'zod'
import { defineFact } from '../fact.ts'
import { graphId, graphName } from '../rows/graph-values.ts'

const ipLocation = '#microsoft.graph.ipNamedLocation'

export const namedLocations = defineFact({
  id: 'namedLocations',
  title: 'Named locations of Conditional Access',
  source: { path: '/identity/conditionalAccess/namedLocations', pageSize: 'none', bucket: 'conditionalAccess' },
  scopes: ['Policy.Read.All'],
  row: z
    .object({
      '@odata.type': z.string(),
      id: graphId,
      displayName: graphName,
      // Locations by country and by network have none of the two.
      isTrusted: z.boolean().nullable().default(null),
      ipRanges: z
        .array(z.object({ cidrAddress: z.string() }))
        .nullable()
        .default(null),
      // Of locations by country.
      countriesAndRegions: z.array(z.string().max(20)).nullable().default(null),
      includeUnknownCountriesAndRegions: z.boolean().nullable().default(null),
    })
    .refine((row) => row['@odata.type'] !== ipLocation || (row.isTrusted !== null && row.ipRanges !== null), {
      message: 'a location by IP address holds isTrusted and ipRanges',
    }),
  key: (row) => row.id,
  held: 'whole',
})
