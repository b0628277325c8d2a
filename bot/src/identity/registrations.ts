import { actions as allActions } from '@countersign/core/actions/catalogue.ts'
import type { Action } from '@countersign/core/actions/action.ts'
import { gatherScopes, needsOf, startingActions, type NeededScope } from '@countersign/core/actions/needs.ts'
import { delegatedScopes } from '@countersign/core/data/graph-delegated-scopes.ts'
import type { AnyCheck } from '@countersign/core/posture/check.ts'
import { checks as allChecks } from '@countersign/core/posture/checks.ts'
import { factsToRead } from '@countersign/core/posture/facts-to-read.ts'
import { roles, type Role } from '@countersign/core/principal.ts'

const graphAppId = '00000003-0000-0000-c000-000000000000'

/** Scopes of Countersign Read: those of the facts that the enabled checks need, and the person's own profile. */
export function readScopes(checks: readonly AnyCheck[] = allChecks): readonly NeededScope[] {
  const ofFacts = factsToRead(checks).flatMap(({ scopes, title }) => scopes.map((scope) => [scope, title] as const))
  return gatherScopes([['User.Read', 'Signing in'], ['User.ReadBasic.All', 'Naming the account that is to become the Aid'], ...ofFacts])
}

/** Scopes of Countersign Act for these actions, by default those that start switched on: what is written, and apart from it what proves and guards. */
export function actScopes(actions: readonly Action[] = startingActions(allActions)): {
  readonly write: readonly NeededScope[]
  readonly proof: readonly NeededScope[]
} {
  const { write, proof } = needsOf(actions)
  return { write, proof }
}

/** Ids of our own scopes and roles; they are part of every installation and never change. */
const ownScopes = {
  access_as_user: '6f1c2a54-9f0b-4b0e-8a0e-6a2f3b8c1d01',
  'Posture.View': '6f1c2a54-9f0b-4b0e-8a0e-6a2f3b8c1d02',
} as const
const ownRoles = {
  owner: '6f1c2a54-9f0b-4b0e-8a0e-6a2f3b8c1d11',
  admin: '6f1c2a54-9f0b-4b0e-8a0e-6a2f3b8c1d12',
  reviewer: '6f1c2a54-9f0b-4b0e-8a0e-6a2f3b8c1d13',
  viewer: '6f1c2a54-9f0b-4b0e-8a0e-6a2f3b8c1d14',
} as const satisfies Record<Role, string>

const roleTexts = {
  owner: ['Owner', 'May do everything, and connect the Aid'],
  admin: ['Administrator', 'May scan, propose and countersign actions'],
  reviewer: ['Reviewer', 'May see findings, receipts and the Trust Center, and export'],
  viewer: ['Viewer', 'May see scores and the Trust Center'],
} as const satisfies Record<Role, readonly [string, string]>

/** Clients of Microsoft that show the tab: learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-register-aad. */
const tabClients = [
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
  '5e3ce6c0-2b1f-4285-8d4b-75ee78787346',
  '4765445b-32c6-49b0-83e6-1d93765276ca',
  '0ec893e0-5785-4de6-99da-4ed124e5296c',
  'd3590ed6-52b3-4102-aeff-aad2292ab01c',
  'bc59ab01-8403-45c6-8796-ac3ef710b3e3',
  '27922004-5251-4030-b22d-91ecd9a37ea4',
] as const
/** SharePoint's client for web parts. */
const sharePointClient = '08e18876-6177-487e-b8b5-cf950c1e598c'

export interface RegistrationIds {
  readonly read: string
  readonly chat: string
  readonly act: string
}

/** A Graph application, as POST or PATCH /applications takes it. */
export type ApplicationManifest = Readonly<Record<string, unknown>> & { readonly appId: string; readonly displayName: string }

/** The three registrations of one deployment as Graph applications, computed from the catalogues; Countersign Act for these actions. */
export function registrationManifests(
  origin: string,
  ids: RegistrationIds,
  actions: readonly Action[] = startingActions(allActions),
): { readonly read: ApplicationManifest; readonly chat: ApplicationManifest; readonly act: ApplicationManifest } {
  const host = new URL(origin).host
  const act = actScopes(actions)
  return {
    read: {
      appId: ids.read,
      displayName: 'Countersign Read',
      signInAudience: 'AzureADMyOrg',
      identifierUris: readIdentifierUris(host, ids),
      api: {
        requestedAccessTokenVersion: 2,
        oauth2PermissionScopes: [
          scopeEntry(
            'access_as_user',
            'Use Countersign as the signed-in person',
            'Lets Teams and Office call Countersign as the signed-in person.',
          ),
          scopeEntry(
            'Posture.View',
            'See the posture of the tenant',
            'Lets SharePoint web parts show scores, and nothing that can be acted on.',
          ),
        ],
        preAuthorizedApplications: [
          ...tabClients.map((appId) => ({ appId, delegatedPermissionIds: [ownScopes.access_as_user] })),
          { appId: sharePointClient, delegatedPermissionIds: [ownScopes['Posture.View']] },
        ],
      },
      appRoles: roles.map((role) => ({
        id: ownRoles[role],
        value: role,
        displayName: roleTexts[role][0],
        description: roleTexts[role][1],
        allowedMemberTypes: ['User'],
        isEnabled: true,
      })),
      web: { redirectUris: [`${origin}/auth/callback`] },
      // The command line signs in over a port of the person's own machine; Entra ignores the port.
      publicClient: { redirectUris: ['http://localhost'] },
      requiredResourceAccess: graphAccess(readScopes()),
    },
    chat: { appId: ids.chat, displayName: 'Countersign Chat', signInAudience: 'AzureADMyOrg', requiredResourceAccess: [] },
    act: actManifest(origin, ids.act, [...act.write, ...act.proof]),
  }
}

/** Countersign Act with exactly these permissions. */
export function actManifest(origin: string, appId: string, scopes: readonly Pick<NeededScope, 'scope'>[]): ApplicationManifest {
  return {
    appId,
    displayName: 'Countersign Act',
    signInAudience: 'AzureADMyOrg',
    web: { redirectUris: [`${origin}/auth/aid/callback`] },
    requiredResourceAccess: graphAccess(scopes),
  }
}

/** The first one is READ_API_RESOURCE and the manifest's webApplicationInfo.resource; the second serves the bot's single sign-on. */
export function readIdentifierUris(host: string, ids: RegistrationIds): readonly [string, string] {
  return [`api://${host}/${ids.read}`, `api://${host}/botid-${ids.chat}`]
}

function scopeEntry(value: keyof typeof ownScopes, title: string, description: string): Readonly<Record<string, unknown>> {
  return {
    id: ownScopes[value],
    value,
    type: 'User',
    isEnabled: true,
    adminConsentDisplayName: title,
    adminConsentDescription: description,
    userConsentDisplayName: title,
    userConsentDescription: description,
  }
}

function graphAccess(scopes: readonly Pick<NeededScope, 'scope'>[]): readonly Readonly<Record<string, unknown>>[] {
  return [{ resourceAppId: graphAppId, resourceAccess: scopes.map(({ scope }) => ({ id: scopeId(scope), type: 'Scope' })) }]
}

function scopeId(scope: string): string {
  const id = delegatedScopes.get(scope)?.id
  if (id === undefined) throw new Error(`The scope ${scope} has no id in core/data/graph-delegated-scopes.ts.`)
  return id
}
