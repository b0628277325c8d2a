import type { z } from 'zod'
import type { clientSettingsSchema } from '@countersign/core/api/me.ts'
import type { Host } from './host.ts'

/**
 * Asks for the person's consent in a window of the host. teamsfx is loaded only now. The window signs in at the service, which keeps
 * what it gets; nothing comes back but the word that it is done. From then on the tab's tokens come through the credential, which keeps
 * the one it has in memory until five minutes before it ends.
 */
export async function askConsent(settings: z.infer<typeof clientSettingsSchema>, host: Host): Promise<void> {
  const { TeamsUserCredential } = await import('@microsoft/teamsfx')
  const credential = new TeamsUserCredential({ clientId: settings.readAppId, initiateLoginEndpoint: `${window.location.origin}/consent` })
  await credential.login(`${settings.apiResource}/access_as_user`)
  host.takeTokensFrom(async () => {
    const token = await credential.getToken('')
    if (!token) throw new Error('The host gave no token.')
    return token.token
  })
}
