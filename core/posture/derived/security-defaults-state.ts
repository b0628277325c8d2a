import { defineDerived } from '../fact.ts'
import type { Derived } from '../fact.ts'
import { securityDefaults } from '../facts/security-defaults.ts'

/**
 * Whether security defaults are on, for checks that ask for a policy and judge without it as well. They ask administrators, and everybody who manages
 * Azure, for a second factor and block old protocols: https://learn.microsoft.com/entra/fundamentals/security-defaults
 */
export const securityDefaultsState = defineDerived({
  id: 'securityDefaultsState',
  title: 'Whether security defaults stand in for policies',
  from: {},
  helps: { securityDefaults },
  derive: (facts): Derived<{ readonly isOn: boolean }> => ({
    // What was not read stands in for nothing.
    rows: [{ isOn: facts.securityDefaults?.some(({ isEnabled }) => isEnabled) === true }],
  }),
})
