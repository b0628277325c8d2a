import { getClientSettings, getMe } from '@countersign/core/api/me.ts'
import { permission, type Capability, type Principal } from '@countersign/core/principal.ts'
import type { Profile } from '@countersign/core/profile.ts'
import { aidOf } from '../../store/aid.ts'
import type { Store } from '../../store/database.ts'
import { namesWithRole } from '../../store/sessions.ts'
import { newestEvent } from '../../store/outbox.ts'
import { tenantOf } from '../../store/tenants.ts'
import { readTx } from '../../store/transaction.ts'
import { serve, type Handler } from '../handler.ts'
import { answer } from '../problem.ts'

export interface MeDependencies {
  readonly store: Store
  readonly profile: Profile
  readonly settings: {
    readonly version: string
    readonly authority: string
    readonly tenants: readonly string[]
    readonly read: { readonly appId: string; readonly resource: string }
    readonly act: { readonly appId: string } | null
    readonly chatUrl: string
  }
}

export function meRoutes({ store, profile, settings }: MeDependencies): Handler[] {
  const [onlyTenant] = settings.tenants
  const signInTenant = settings.tenants.length === 1 && onlyTenant ? onlyTenant : 'organizations'
  return [
    serve(getClientSettings, async () =>
      answer({
        readAppId: settings.read.appId,
        ...(settings.act ? { actAppId: settings.act.appId } : {}),
        apiResource: settings.read.resource,
        authority: settings.authority,
        signInTenant,
        version: settings.version,
        environment: profile.environment,
      }),
    ),
    serve(getMe, async (call) => {
      const { principal, csrfToken } = call.signedIn
      const { tenant, aid, eventCursor, owners } = await readTx(store, principal, async (tx) => ({
        tenant: await tenantOf(tx),
        aid: await aidOf(tx),
        eventCursor: await newestEvent(tx),
        owners: await namesWithRole(tx, 'owner', Date.now()),
      }))
      return answer({
        displayName: principal.displayName,
        objectId: principal.objectId,
        roles: [...principal.roles],
        tenant: { displayName: tenant?.displayName ?? '', domain: tenant?.domain ?? '' },
        may: {
          scan: may(principal, 'scan'),
          propose: profile.act === 'on' && may(principal, 'propose'),
          manageAid: profile.act === 'on' && may(principal, 'manageAid'),
          viewFindings: may(principal, 'viewFindings'),
          viewReceipts: may(principal, 'viewReceipts'),
          viewTrust: may(principal, 'viewTrust'),
          export: may(principal, 'export'),
        },
        act: profile.act,
        aid: aid
          ? {
              state: aid.state,
              userPrincipalName: aid.userPrincipalName,
              detail: aid.detail,
              lacksConsent: aid.state === 'needsSignIn' && aid.reason === 'consent',
            }
          : { state: 'notConnected', userPrincipalName: null, detail: null },
        chatUrl: settings.chatUrl,
        csrfToken,
        owners: [...owners],
        ...(may(principal, 'viewPosture') ? { eventCursor } : {}),
      })
    }),
  ]
}

function may(principal: Principal, capability: Capability): boolean {
  return permission(principal, capability).may
}
