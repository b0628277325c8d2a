import type { ApplicationLine } from '@countersign/core/api/applications.ts'
import type { FilterChoice } from '../../layout/filters.tsx'

export const publisherWords = {
  tenant: 'This tenant',
  microsoft: 'Microsoft',
  verified: 'Verified publisher',
  unverified: 'Unverified publisher',
  none: 'No publisher',
} as const satisfies Record<ApplicationLine['publisher'], string>

/** The same in a sentence. */
export const publishedBy = {
  tenant: 'Published by this tenant',
  microsoft: 'Published by Microsoft',
  verified: 'Published by a verified publisher',
  unverified: 'Published by nobody that is verified',
  none: 'Published by nobody',
} as const satisfies Record<ApplicationLine['publisher'], string>

export const levels = [
  { id: 'critical', word: 'Critical', tone: 'critical' },
  { id: 'high', word: 'High', tone: 'high' },
  { id: 'medium', word: 'Medium', tone: 'medium' },
  { id: 'low', word: 'Low', tone: 'low' },
] as const

export const applicationFilters: readonly FilterChoice[] = [
  { name: 'level', title: 'Level of risk', any: 'Any risk', choices: levels.map(({ id, word }) => [id, word] as const) },
  { name: 'publisher', title: 'Publisher', any: 'Any publisher', choices: Object.entries(publisherWords) },
  { name: 'control', title: 'Reach', any: 'Any reach', choices: [['yes', 'Reaches the control plane']] },
  {
    name: 'endsWithin',
    title: 'End of a credential',
    any: 'Any credential',
    choices: [
      ['7', 'Ends within 7 days'],
      ['30', 'Ends within 30 days'],
      ['90', 'Ends within 90 days'],
    ],
  },
  { name: 'owners', title: 'Owners', any: 'Any owner', choices: [['none', 'Nobody owns it']] },
  {
    name: 'enabled',
    title: 'State',
    any: 'Any state',
    choices: [
      ['yes', 'Enabled'],
      ['no', 'Disabled'],
    ],
  },
]

/** '-risk' falls from the weightiest. The service's natural order falls for figures and rises for names and dates. */
export function sortOf(order: string): Readonly<Record<string, string>> {
  const falls = order.startsWith('-')
  switch (order.replace('-', '')) {
    case 'name':
      return { sort: 'name', order: falls ? 'reversed' : 'natural' }
    case 'end':
      return { sort: 'end', order: falls ? 'reversed' : 'natural' }
    case 'permissions':
      return { sort: 'permissions', order: falls ? 'natural' : 'reversed' }
    default:
      return { sort: 'risk', order: falls ? 'natural' : 'reversed' }
  }
}
