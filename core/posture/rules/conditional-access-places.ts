import { isInRange, isWideRange } from './address-range.ts'

/** A named location as the facts have it. */
export interface NamedPlace {
  readonly id: string
  readonly displayName: string | null
  readonly isTrusted: boolean | null
  readonly ipRanges: readonly { readonly cidrAddress: string }[] | null
  readonly countriesAndRegions: readonly string[] | null
  readonly includeUnknownCountriesAndRegions: boolean | null
}

/** There are some 250 codes; a list of half of them is no choice of places. */
const manyCountries = 125

/** So many addresses, or countries, that a stranger may well be there. */
export function isWide({ ipRanges, countriesAndRegions }: NamedPlace): boolean {
  const ranges = ipRanges ?? []
  const size = ranges.reduce((sum, { cidrAddress }) => sum + shareOf(cidrAddress), 0)
  return size >= 1 || ranges.some(({ cidrAddress }) => isWideRange(cidrAddress)) || (countriesAndRegions ?? []).length >= manyCountries
}

/** How much of what is just too wide a range is, so that many narrow ranges count as a wide one. */
function shareOf(cidr: string): number {
  const [address = '', prefix = ''] = cidr.split('/')
  return 2 ** ((address.includes(':') ? 16 : 8) - Number(prefix))
}

/** Whether whoever is in the one place is certainly in the other, too. */
export function isInside(inner: NamedPlace, outer: NamedPlace): boolean {
  if (inner.ipRanges && outer.ipRanges) {
    const { ipRanges } = outer
    return inner.ipRanges.every(({ cidrAddress }) => ipRanges.some((range) => holds(range.cidrAddress, cidrAddress)))
  }
  if (!inner.countriesAndRegions || !outer.countriesAndRegions) return false
  const countries = new Set(outer.countriesAndRegions.map((code) => code.toUpperCase()))
  const isUnknownFine = inner.includeUnknownCountriesAndRegions !== true || outer.includeUnknownCountriesAndRegions === true
  return isUnknownFine && inner.countriesAndRegions.every((code) => countries.has(code.toUpperCase()))
}

/** Whether nobody can be in both. */
export function isApart(left: NamedPlace, right: NamedPlace): boolean {
  if (left.ipRanges && right.ipRanges) {
    const others = right.ipRanges.map(({ cidrAddress }) => cidrAddress)
    return left.ipRanges.every(({ cidrAddress: one }) =>
      others.every((other) => isRange(one) && isRange(other) && !holds(one, other) && !holds(other, one)),
    )
  }
  if (!left.countriesAndRegions || !right.countriesAndRegions) return false
  const countries = new Set(right.countriesAndRegions.map((code) => code.toUpperCase()))
  const bothUnknown = left.includeUnknownCountriesAndRegions === true && right.includeUnknownCountriesAndRegions === true
  return !bothUnknown && !left.countriesAndRegions.some((code) => countries.has(code.toUpperCase()))
}

/** What is not understood could be any range. */
function isRange(cidr: string): boolean {
  const [address = ''] = cidr.split('/')
  return isInRange(address, cidr)
}

function holds(range: string, cidr: string): boolean {
  const [address = '', prefix = ''] = cidr.split('/')
  const [, outerPrefix = ''] = range.split('/')
  return /^\d{1,3}$/.test(prefix) && Number(prefix) >= Number(outerPrefix) && isInRange(address, range)
}

/** Name, trust and width in a few words. */
export function placeText(place: NamedPlace): string {
  const { id, displayName, isTrusted, ipRanges, countriesAndRegions, includeUnknownCountriesAndRegions } = place
  const facts = [
    ...(isTrusted === true ? ['trusted'] : []),
    ...(ipRanges ? [rangesText(ipRanges.map(({ cidrAddress }) => cidrAddress))] : []),
    ...(countriesAndRegions ? [counted(countriesAndRegions.length, 'country', 'countries')] : []),
    ...(includeUnknownCountriesAndRegions === true ? ['addresses of no known country'] : []),
    ...(isWide(place) ? ['too wide to be somebody’s place'] : []),
  ]
  return `${displayName || id} (${facts.join(', ')})`
}

function rangesText(ranges: readonly string[]): string {
  const four = ranges.filter((range) => !range.includes(':'))
  const addresses = four.reduce((sum, range) => sum + 2 ** (32 - Number(range.split('/')[1] ?? 32)), 0)
  const words = counted(ranges.length, 'range', 'ranges')
  return four.length === ranges.length ? `${words}, ${counted(addresses, 'address', 'addresses')}` : words
}

function counted(count: number, one: string, other: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : other}`
}
