import { randomBytes } from 'node:crypto'
import type { Action } from '../../core/actions/action.ts'
import { actions as catalogue } from '../../core/actions/catalogue.ts'
import { needsOf, startingActions } from '../../core/actions/needs.ts'
import {
  actScopes,
  readIdentifierUris,
  readScopes,
  registrationManifests,
  type RegistrationIds,
} from '../../bot/src/identity/registrations.ts'
import type { Emulator } from './emulator.ts'

const graphAppId = '00000003-0000-0000-c000-000000000000'

/** Application ids of the demo: made up, and the same on every machine so that addresses stay the same. */
export const demoIds: RegistrationIds = {
  read: 'c0de0000-7ead-4000-8000-000000000001',
  chat: 'c0de0000-c4a7-4000-8000-000000000002',
  act: 'c0de0000-ac70-4000-8000-000000000003',
}

export interface DemoRegistrations {
  readonly ids: RegistrationIds
  readonly resource: string
  readonly secrets: { readonly read: string; readonly chat: string; readonly act: string }
}

/** Who is what in the demo tenants, by the first half of the account's name. */
const people: Readonly<Record<string, readonly { readonly user: string; readonly role: string }[]>> = {
  'contoso-demo': [
    { user: 'ada', role: 'owner' },
    { user: 'ada', role: 'admin' },
    { user: 'bo', role: 'admin' },
    { user: 'cleo', role: 'viewer' },
  ],
  hardened: [
    { user: 'ada', role: 'owner' },
    { user: 'ada', role: 'admin' },
  ],
  large: [
    { user: 'ada', role: 'owner' },
    { user: 'ada', role: 'admin' },
  ],
  second: [
    { user: 'eve', role: 'owner' },
    { user: 'eve', role: 'admin' },
  ],
}

/** Does for every tenant of the emulator what the operator's script does for a real one: registrations, consent, roles, the Aid's account; for these actions. */
export async function registerInTenants(
  emulator: Emulator,
  origin: string,
  tenantNames: readonly string[],
  actions: readonly Action[] = startingActions(catalogue),
): Promise<DemoRegistrations> {
  const manifests = registrationManifests(origin, demoIds, actions)
  const secrets = { read: secret(), chat: secret(), act: secret() }
  const [resource] = readIdentifierUris(new URL(origin).host, demoIds)
  const names = (scopes: readonly { readonly scope: string }[]): string[] => scopes.map(({ scope }) => scope)
  const act = actScopes(actions)
  for (const [index, name] of tenantNames.entries()) {
    const domain = emulator.ready.tenants[name]?.domain
    if (domain === undefined) throw new Error(`The emulator has no tenant ${name}.`)
    const multiTenant = tenantNames.length > 1 ? { signInAudience: 'AzureADMultipleOrgs' } : {}
    const servicePrincipalOnly = index > 0
    const assignments = (people[name] ?? []).map(({ user, role }) => ({ user: `${user}@${domain}`, role }))
    const put = (
      application: Readonly<Record<string, unknown>>,
      secretText: string,
      consent: readonly string[],
      given: typeof assignments,
    ): Promise<unknown> =>
      emulator.control('PUT', `/tenants/${name}/registrations`, {
        application: { ...application, ...multiTenant },
        secrets: [secretText],
        consent: consent.length > 0 ? { [graphAppId]: consent } : {},
        assignments: given,
        servicePrincipalOnly,
      })
    await put(manifests.read, secrets.read, names(readScopes()), assignments)
    await put(manifests.chat, secrets.chat, [], [])
    await put(manifests.act, secrets.act, names([...act.write, ...act.proof]), [])
    await prepareAid(emulator, name, domain, actions)
  }
  return { ids: demoIds, resource, secrets }
}

/** The Aid's account gets the least roles that these actions need, and no other. */
export async function prepareAid(emulator: Emulator, tenant: string, domain: string, actions: readonly Action[]): Promise<void> {
  const { roles } = needsOf(actions)
  for (const { name, templateId, actions: allowed } of roles) {
    if (templateId === 'custom')
      await emulator.control('PUT', `/tenants/${tenant}/role-definitions`, { displayName: name, allowedResourceActions: allowed })
  }
  await emulator.control('PUT', `/tenants/${tenant}/users`, {
    userPrincipalName: `aid@${domain}`,
    displayName: 'Service desk aid',
    directoryRoles: roles.map(({ name }) => name),
  })
}

function secret(): string {
  return randomBytes(24).toString('base64url')
}
