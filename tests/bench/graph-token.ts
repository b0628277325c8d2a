import type { Stack } from '../../tools/stack/stack.ts'
import { redeem, tokensFor } from '../../tools/stack/tokens.ts'

/** Microsoft's client in which Teams shows tabs. */
const teamsClient = '1fec8e78-bce4-4aaf-ab1b-5451cc387264'

/** A read token for Graph as the service obtains it: the person signs in to a Microsoft client, the service exchanges on their behalf. */
export async function graphToken(
  { emulator, registrations }: Pick<Stack, 'emulator' | 'registrations'>,
  tenant: string,
  userPrincipalName: string,
): Promise<string> {
  const tenantId = emulator.ready.tenants[tenant]?.id ?? ''
  const scope = `${registrations.resource}/access_as_user`
  const { accessToken } = await tokensFor(emulator, tenantId, userPrincipalName, { client: teamsClient, scope })
  const exchanged = await redeem(emulator, tenantId, {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    requested_token_use: 'on_behalf_of',
    client_id: registrations.ids.read,
    client_secret: registrations.secrets.read,
    assertion: accessToken,
    scope: 'https://graph.microsoft.com/.default',
  })
  return exchanged.accessToken
}
