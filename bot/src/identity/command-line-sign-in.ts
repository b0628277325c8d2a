import { AuthError, LogLevel, PublicClientApplication } from '@azure/msal-node'

export interface CommandLineSettings {
  readonly authority: string
  /** Tenant to sign in to: an id, or `organizations`. */
  readonly tenant: string
  /** Application id of Countersign Read, which is both the client and the service. */
  readonly readAppId: string
}
export type CommandLineSignIn =
  | { readonly kind: 'signedIn'; readonly token: string; readonly userPrincipalName: string }
  | { readonly kind: 'refused'; readonly reason: string }

const signedInPage =
  '<!doctype html><meta charset="utf-8"><title>Signed in</title><p>You are signed in. Close this window and go back to the terminal.</p>'
const failedPage =
  '<!doctype html><meta charset="utf-8"><title>Not signed in</title><p>The sign-in was not completed. Go back to the terminal: it says why.</p>'

/**
 * Signs a person in at the command line: authorization code with PKCE, answered to a server that listens on this machine until then.
 * The token stays in memory and is gone when the command ends. The registration needs the redirect URI http://localhost for public clients.
 */
export async function signInAtCommandLine(
  settings: CommandLineSettings,
  showAddress: (address: string) => void,
): Promise<CommandLineSignIn> {
  const client = new PublicClientApplication({
    auth: {
      clientId: settings.readAppId,
      authority: `${settings.authority}/${settings.tenant}`,
      knownAuthorities: [new URL(settings.authority).host],
    },
    system: { loggerOptions: { loggerCallback: () => undefined, piiLoggingEnabled: false, logLevel: LogLevel.Error } },
  })
  try {
    const result = await client.acquireTokenInteractive({
      // An application that asks for a token for itself must name itself by its id: AADSTS90009.
      scopes: [`${settings.readAppId}/access_as_user`],
      openBrowser: async (address) => showAddress(address),
      prompt: 'select_account',
      successTemplate: signedInPage,
      errorTemplate: failedPage,
    })
    return { kind: 'signedIn', token: result.accessToken, userPrincipalName: result.account?.username ?? '' }
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    return { kind: 'refused', reason: reasonOf(error) }
  }
}

/** learn.microsoft.com/entra/identity-platform/reference-error-codes */
const reasons: Readonly<Record<string, string>> = {
  '50011':
    'The registration Countersign Read lacks the redirect URI http://localhost for public clients. Add it in Entra under Authentication, Mobile and desktop applications.',
  '50020': 'This account is of another organisation. Sign in with an account of the tenant that the service serves.',
  '50105': 'This account is not assigned to Countersign Read. An administrator can assign it in Entra.',
  '50194':
    'The registration Countersign Read is for one tenant only, and the service does not say which. Check COUNTERSIGN_TENANTS of the service.',
  '65001': 'An administrator must grant the permissions of Countersign Read in Entra first.',
  '65004': 'The permissions were declined in the browser. Run the command again to be asked again.',
  '700016': 'The sign-in service does not know the registration Countersign Read. Check READ_APP_ID of the service.',
  '700025':
    'The redirect URI http://localhost is registered as a web address. In Entra it must stand under Mobile and desktop applications.',
  '7000218':
    'The redirect URI http://localhost is registered as a web address. In Entra it must stand under Mobile and desktop applications.',
}

function reasonOf(error: AuthError): string {
  const code = /AADSTS(\d+)/.exec(error.message)?.[1] ?? ''
  if (error.errorCode === 'access_denied' && reasons[code] === undefined) return 'The sign-in was declined in the browser.'
  return reasons[code] ?? `The sign-in service did not sign you in (${code === '' ? error.errorCode : `AADSTS${code}`}).`
}
