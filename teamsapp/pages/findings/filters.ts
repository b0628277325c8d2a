import type { Facets } from '@countersign/core/api/finding-objects.ts'

export type FacetName = keyof Facets
/** Facets in the order of the panel, with their titles. The policy ids come after the framework that is chosen. */
export const facets = [
  { name: 'severity', title: 'Severity' },
  { name: 'state', title: 'State' },
  { name: 'new', title: 'Since the last scan' },
  { name: 'fixable', title: 'Fix' },
  { name: 'area', title: 'Area' },
  { name: 'type', title: 'Object' },
  { name: 'licence', title: 'Licence' },
  { name: 'framework', title: 'Framework' },
  { name: 'policy', title: 'Policy' },
] as const satisfies readonly { readonly name: FacetName; readonly title: string }[]

/** What is listed while no state is chosen: everything that is not closed. */
const notClosed = 'open,returned,fixedAwaitingScan,suppressed'

/** The filters of an address as the service takes them; '' and what it does not know are left out. */
export function filterOf(search: URLSearchParams): Readonly<Record<string, string>> {
  const named = facets.flatMap(({ name }) => {
    const value = search.get(name) ?? ''
    return value === '' ? [] : [[name, value] as const]
  })
  const words = (search.get('search') ?? '').trim().slice(0, 200)
  return { state: notClosed, ...Object.fromEntries(named), ...(words === '' ? {} : { search: words }) }
}

export function chosenIn(search: URLSearchParams, name: FacetName): readonly string[] {
  return (search.get(name) ?? '').split(',').filter(Boolean)
}

/** The address with one value of a facet switched. */
export function switched(search: URLSearchParams, name: FacetName, value: string): URLSearchParams {
  const chosen = chosenIn(search, name)
  const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]
  const address = new URLSearchParams(search)
  if (next.length === 0) address.delete(name)
  else address.set(name, next.join(','))
  // Policy ids belong to the frameworks that are chosen.
  if (name === 'framework') address.delete('policy')
  return address
}

export function cleared(search: URLSearchParams): URLSearchParams {
  const address = new URLSearchParams(search)
  for (const { name } of facets) address.delete(name)
  address.delete('search')
  return address
}

/** How many values are chosen, the words of the search counted as one. */
export function countChosen(search: URLSearchParams): number {
  return facets.reduce((sum, { name }) => sum + chosenIn(search, name).length, (search.get('search') ?? '') === '' ? 0 : 1)
}

/** What a saved view keeps of an address: filters, kind of list and order, in a fixed sequence. */
export function viewQueryOf(search: URLSearchParams): string {
  const kept = ['view', 'order', 'search', ...facets.map(({ name }) => name)]
  return new URLSearchParams(kept.flatMap((name) => (search.get(name) ? [[name, search.get(name) ?? '']] : []))).toString()
}
