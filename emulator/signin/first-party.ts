import { isLoopbackUrl } from '../server/arguments.ts'

/** Microsoft's own public clients that exist in every tenant and that a test host may play. */
export const FIRST_PARTY_CLIENTS: ReadonlyMap<string, string> = new Map([
  ['08e18876-6177-487e-b8b5-cf950c1e598c', 'SharePoint Online Web Client Extensibility'],
  ['1fec8e78-bce4-4aaf-ab1b-5451cc387264', 'Microsoft Teams'],
  ['5e3ce6c0-2b1f-4285-8d4b-75ee78787346', 'Microsoft Teams Web Client'],
])

/** The real ones redirect to Microsoft's hosts; here any loopback page may stand in for Teams or SharePoint. */
export function isFirstPartyRedirect(redirectUri: string): boolean {
  return isLoopbackUrl(redirectUri)
}

export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000'
export const GRAPH_AUDIENCE = 'https://graph.microsoft.com'
export const BOT_CHANNEL_AUDIENCE = 'https://api.botframework.com'
