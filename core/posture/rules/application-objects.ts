import type { AffectedObject, RowVerdict, Values, Verdict } from '../check.ts'
import type { ApplicationCredential } from '../derived/application-credentials.ts'
import type { EffectivePermission } from '../derived/effective-permissions.ts'
import type { FactKey } from '../fact.ts'
import { nameOr } from '../rows/graph-values.ts'

/** Where people look after applications. */
export const registrationsPage = 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade'
export const enterprisePage = 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview'
export const consentPage = 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ConsentPoliciesMenuBlade/~/UserSettings'

interface Application {
  readonly id: string
  readonly appId: string
  readonly displayName: string | null
}

export function applicationObject(row: Application, basis: readonly FactKey[], values: Values = {}, part?: string): AffectedObject {
  return { type: 'application', ...named(row), ...(part === undefined ? {} : { part }), values: { appId: row.appId, ...values }, basis }
}

export function enterpriseObject(row: Application, basis: readonly FactKey[], values: Values = {}, part?: string): AffectedObject {
  return { ...applicationObject(row, basis, values, part), type: 'servicePrincipal' }
}

/** The holder of a credential, with the credential's key id as its part. */
export function credentialObject(credential: ApplicationCredential, values: Values = {}): AffectedObject {
  const { holder, id, appId, name, keyId, credentialName, endsAt } = credential
  return {
    type: holder,
    id,
    name,
    part: keyId,
    values: {
      appId,
      keyId,
      named: credentialName === '' ? 'no' : 'yes',
      credentialName,
      endsAt: new Date(endsAt).toISOString(),
      ...values,
    },
    basis: [credential.basis],
  }
}

/** The application that has a permission, with the permission as its part. */
export function permissionObject(permission: EffectivePermission, values: Values = {}): AffectedObject {
  const { id, appId, name, resourceAppId, resourceName, value, people, basis } = permission
  return {
    type: 'servicePrincipal',
    id,
    name,
    part: `${resourceAppId}/${value}`,
    values: { appId, permission: value, resource: resourceName, people, ...values },
    basis: [basis],
  }
}

/** One verdict over what was found: reason 'none' without objects, else 'some'; `count` says how many. */
export function overObjects(found: RowVerdict, basis: readonly FactKey[], values: Values = {}): Verdict {
  const failing = found.filter(({ verdict }) => verdict === 'fail').length
  const all = { ...values, count: found.length, failing, warning: found.length - failing }
  if (found.length === 0) return { verdict: 'pass', reason: 'none', values: all, basis }
  return { verdict: failing > 0 ? 'fail' : 'warn', reason: 'some', values: all, objects: found.map(({ object }) => object), basis }
}

/** For row checks whose reasons are called as in `overObjects`. */
export const overRows = { pass: 'none', fail: 'some', warn: 'some' } as const

function named({ id, appId, displayName }: Application): { readonly id: string; readonly name: string } {
  return { id, name: nameOr(displayName, appId) }
}
