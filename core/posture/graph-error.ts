import type { UnreadReason } from './fact.ts'

/** Codes by which Graph says that the tenant lacks a licence. */
const licenceCodes = [
  'AadPremiumLicenseRequired',
  'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
  'MissingLicense',
  'LicenseRequired',
]
/** What Graph says of a licence where the code says less; Identity Protection answers 403 Forbidden. */
const licenceWords = /AadPremiumLicenseRequired|premium licen[cs]e|not licensed for this feature/i
/** Codes by which Graph refuses the caller. */
const refusalCodes = ['Authorization_RequestDenied', 'AccessDenied', 'Forbidden', 'PermissionScopeNotGranted', 'UnauthorizedAccess']

/**
 * Why a read failed, from Graph's error code and message (https://learn.microsoft.com/graph/errors).
 * A refusal that speaks of roles is a missing directory role, any other a missing permission.
 */
export function unreadReasonOf(code: string, message: string): UnreadReason {
  if (licenceCodes.some((known) => same(known, code)) || licenceWords.test(message)) return 'licence'
  if (!refusalCodes.some((known) => same(known, code))) return 'graph'
  return /\brole\(?s?\)?\b/i.test(message) && !/\bscopes?\b/i.test(message) ? 'role' : 'scope'
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}
