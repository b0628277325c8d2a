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

/** Codes that Microsoft Graph v1.0 cannot decide: where the answer would be, and the words of the catalogue's row that say so. */
export const manualCodes: Readonly<Record<string, { readonly where: 'beta' | 'azure' | 'dns'; readonly row: string }>> = {
  'AM-04': { where: 'beta', row: 'numberMatchingRequiredState enabled/default (beta field; enforced since 2023)' },
  'AM-08': { where: 'beta', row: 'systemCredentialPreferences: beta field' },
  'AM-09': { where: 'beta', row: 'companionAppAllowedState: beta field' },
  'AM-14': { where: 'beta', row: 'users/{id}/authentication/requirements beta: MANUAL in v1.0' },
  'APP-21': { where: 'beta', row: 'SP sign-in activity (beta); v1.0: a window of 30 days, signInEventTypes is beta; no data: MANUAL' },
  'APP-26': { where: 'dns', row: 'DNS look-up, not Graph: MANUAL list of distinct hosts' },
  'APP-46': { where: 'beta', row: 'agentIdRiskLevels of policies: beta' },
  'GU-03': { where: 'beta', row: 'legacy B2B policy: beta, MANUAL in v1.0' },
  'LG-01': { where: 'azure', row: 'Azure Resource Manager only: MANUAL (not Graph)' },
  'LG-02': { where: 'beta', row: 'notification settings of Identity Protection: beta, MANUAL' },
}
