import type { BaselineParameters } from '../baseline.ts'

/** The same parameters, telling by its id which of them is looked at, so that a verdict can say what it rests on. */
export function watched(all: BaselineParameters, note: (parameter: string) => void): BaselineParameters {
  const seen = <Value>(parameter: string, value: Value): Value => {
    note(parameter)
    return value
  }
  return {
    globalAdministrators: {
      get least() {
        return seen('globalAdministratorsLeast', all.globalAdministrators.least)
      },
      get most() {
        return seen('globalAdministratorsMost', all.globalAdministrators.most)
      },
    },
    secretExpiry: {
      get failDays() {
        return seen('secretFailDays', all.secretExpiry.failDays)
      },
      get warnDays() {
        return seen('secretWarnDays', all.secretExpiry.warnDays)
      },
    },
    conditionalAccess: {
      get signInRiskLevels() {
        return seen('signInRiskLevels', all.conditionalAccess.signInRiskLevels)
      },
      get riskRemediationSuffices() {
        return seen('riskRemediationSuffices', all.conditionalAccess.riskRemediationSuffices)
      },
      get inOnePolicy() {
        return seen('inOnePolicy', all.conditionalAccess.inOnePolicy)
      },
    },
    get guestRoleIds() {
      return seen('guestRoles', all.guestRoleIds)
    },
    get authenticatorCodesAllowed() {
      return seen('authenticatorCodesAllowed', all.authenticatorCodesAllowed)
    },
    get lowImpactConsentAllowed() {
      return seen('lowImpactConsentAllowed', all.lowImpactConsentAllowed)
    },
    get formerlySynchronisedCounts() {
      return seen('formerlySynchronisedCounts', all.formerlySynchronisedCounts)
    },
    get deviceQuota() {
      return seen('deviceQuota', all.deviceQuota)
    },
    credentialLifetime: {
      get secretDays() {
        return seen('secretLongestDays', all.credentialLifetime.secretDays)
      },
      get certificateDays() {
        return seen('certificateLongestDays', all.credentialLifetime.certificateDays)
      },
    },
    get inactiveDays() {
      return seen('inactiveDays', all.inactiveDays)
    },
    get newAccountDays() {
      return seen('newAccountDays', all.newAccountDays)
    },
    get invitationDays() {
      return seen('invitationDays', all.invitationDays)
    },
    get idleSessionHours() {
      return seen('idleSessionHours', all.idleSessionHours)
    },
  }
}
