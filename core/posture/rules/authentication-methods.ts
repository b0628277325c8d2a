import type { FactRow } from '../facts.ts'
import { sameId } from '../rows/graph-values.ts'

export type Method = FactRow<'authenticationMethodsPolicy'>['authenticationMethodConfigurations'][number]

export type Feature = NonNullable<NonNullable<Method['featureSettings']>['displayAppInformationRequiredState']>

/** A sign-in method by its Graph id; undefined where the policy does not list it. */
export function methodOf(policies: readonly FactRow<'authenticationMethodsPolicy'>[], id: string): Method | undefined {
  return policies.flatMap((policy) => policy.authenticationMethodConfigurations).find((method) => sameId(method.id, id))
}

/** Whether the method is allowed; null where the policy does not list it or says something that we do not know. */
export function isAllowed(method: Method | undefined): boolean | null {
  if (method?.state === 'enabled') return true
  return method?.state === 'disabled' ? false : null
}
