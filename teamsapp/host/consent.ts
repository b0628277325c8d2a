import type { z } from 'zod'
import type { clientSettingsSchema } from '@countersign/core/api/me.ts'

/**
 * Asks for the person's consent in a window of the host. teamsfx is loaded only now. The window signs in at the service, which keeps
 * what it gets; nothing comes back but the word that it is done.
 */
export async function askConsent(settings: z.infer<typeof clientSettingsSchema>): Promise<void> {
  const { TeamsUserCredential } = await import('@microsoft/teamsfx')
  const credential = new TeamsUserCredential({ clientId: settings.readAppId, initiateLoginEndpoint: `${window.location.origin}/consent` })
  await credential.login(`${settings.apiResource}/access_as_user`)
}
