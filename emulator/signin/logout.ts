import { decodeJwt } from 'jose'
import type { PlainRequest, PlainResponse } from '../server/http.ts'
import { collection } from '../tenants/world.ts'
import type { Tenant } from '../tenants/world.ts'
import { findClient, redirectKind } from './directory.ts'
import { isFirstPartyRedirect } from './first-party.ts'
import { signedOutPage } from './pages.ts'
import { reply } from './reply.ts'
import { endSession } from './sessions.ts'
import type { SignInState } from './state.ts'

/** Ends the browser's session; goes back to the application only where the address is registered with one. */
export function signOut(state: SignInState, request: PlainRequest, _segment: string, tenant: Tenant | undefined): PlainResponse {
  const cookies = [endSession(state, request)]
  const query = request.url.searchParams
  const redirectUri = query.get('post_logout_redirect_uri')
  if (!redirectUri || !URL.canParse(redirectUri)) return signedOutPage(cookies)
  const appId = clientOf(query)
  const tenants = tenant ? [tenant] : [...state.world.tenants.values()]
  if (!tenants.some((candidate) => isRegistered(state, candidate, appId, redirectUri))) return signedOutPage(cookies)
  return reply({ redirectUri, responseMode: 'query', state: query.get('state') ?? undefined }, {}, cookies)
}

function isRegistered(state: SignInState, tenant: Tenant, appId: string | undefined, redirectUri: string): boolean {
  const appIds = appId === undefined ? [...collection(tenant, 'applications').values()].map((row) => String(row['appId'])) : [appId]
  return appIds.some((id) => {
    const found = findClient(state.world, tenant, id)
    if (!found.ok) return false
    return redirectKind(found.client, redirectUri) !== undefined || (found.client.isFirstParty && isFirstPartyRedirect(redirectUri))
  })
}

/** The application that signs out, where the request says so; its hint only narrows the addresses down. */
function clientOf(query: URLSearchParams): string | undefined {
  const clientId = query.get('client_id')
  if (clientId) return clientId
  try {
    return String(decodeJwt(query.get('id_token_hint') ?? '').aud)
  } catch {
    return undefined
  }
}
