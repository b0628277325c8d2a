/**
 * The codes of the public catalogue, written out: prefix and highest number; each number from 1 up is a code. The list must not be taken
 * from the checks that it tests.
 */
const ranges = { APP: 46, CA: 37, AM: 15, PW: 6, PR: 23, GU: 10, US: 14, DV: 5, HY: 4, LG: 2, SC: 1, IT: 1 } as const

export const catalogueCodes: readonly string[] = Object.entries(ranges).flatMap(([prefix, highest]) =>
  Array.from({ length: highest }, (_, index) => `${prefix}-${String(index + 1).padStart(2, '0')}`),
)

/** About the product's own identity; no other catalogue has them. */
export const ownCodes = ['AID-01', 'AID-02', 'AID-03', 'AID-04', 'AID-05'] as const

/** Codes that Microsoft Graph v1.0 cannot decide, and where the answer would be. */
export const manualCodes: Readonly<Record<string, 'beta' | 'azure' | 'dns'>> = {
  'AM-04': 'beta',
  'AM-08': 'beta',
  'AM-09': 'beta',
  'AM-14': 'beta',
  'APP-21': 'beta',
  'APP-26': 'dns',
  'APP-46': 'beta',
  'GU-03': 'beta',
  'LG-01': 'azure',
  'LG-02': 'beta',
}
