import type { BaselineParameters } from '../baseline.ts'

/** Parameters in which the frameworks agree, or of which they say nothing. Lifetimes are those of MS.AAD.5.6 and 5.7, idle sessions those of CIS 1.3.2. */
export const commonParameters = {
  credentialLifetime: { secretDays: 180, certificateDays: 365 },
  inactiveDays: 90,
  newAccountDays: 30,
  invitationDays: 90,
  idleSessionHours: 3,
} as const satisfies Partial<BaselineParameters>
