/** What the page that plays Teams is told. */
export interface TeamsHostOptions {
  /** Path of the tab, for example '/overview'; an address where the page stands on another origin. */
  readonly path: string
  /** Token that the tab gets for the service; null plays a host that asks for consent first. */
  readonly token: string | null
  readonly theme?: 'default' | 'dark' | 'contrast'
  readonly locale?: string
  readonly subPageId?: string
}

/** Path under which tests serve the page. */
export const teamsHostPath = '/__teams-host'

/** The page for an address such as `/__teams-host?path=/overview&theme=dark&token=…`; undefined for other addresses. */
export function teamsHostAt(address: URL): string | undefined {
  if (address.pathname !== teamsHostPath) return undefined
  const { searchParams } = address
  const theme = searchParams.get('theme')
  return teamsHostPage({
    path: searchParams.get('path') ?? '/overview',
    token: searchParams.get('token'),
    theme: theme === 'dark' || theme === 'contrast' ? theme : 'default',
    locale: searchParams.get('locale') ?? 'en-gb',
    subPageId: searchParams.get('subPageId') ?? '',
  })
}

/** Theme and messages of the page: `window.teamsHost.setTheme('dark')`, `window.teamsHost.messages`. */
export interface TeamsHostWindow {
  readonly teamsHost: {
    readonly setTheme: (name: string) => void
    readonly pressBack: () => void
    readonly messages: { readonly func: string }[]
    readonly opened: string[]
  }
}

/**
 * A page that plays Teams for teams-js: it answers the messages that the tab sends on start. It stands on the tab's own origin or on
 * one of Teams'; teams-js trusts both, so nothing of it is changed.
 */
export function teamsHostPage(options: TeamsHostOptions): string {
  const settings = JSON.stringify({ theme: 'default', locale: 'en-gb', subPageId: '', ...options }).replaceAll('<', '\\u003c')
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>A page that plays Teams</title>
    <style>html, body { margin: 0; height: 100% } iframe { border: 0; width: 100%; height: 100%; display: block }</style>
  </head>
  <body>
    <iframe title="Countersign"></iframe>
    <script>
      const settings = ${settings}
      const frame = document.querySelector('iframe')
      const runtime = {
        apiVersion: 4, isLegacyTeams: false, isNAAChannelRecommended: false,
        hostVersionsInfo: { adaptiveCardSchemaVersion: { majorVersion: 1, minorVersion: 5 } },
        supports: { app: { lifecycle: {}, notifySuccessResponse: {} }, pages: { appButton: {}, backStack: {}, config: {}, tabs: {} }, dialog: { url: {}, update: {} } },
      }
      const context = {
        appId: 'c0ffee00-1111-4222-8333-444455556666', theme: settings.theme, locale: settings.locale, entityId: 'home', subEntityId: settings.subPageId, hostName: 'Teams', hostClientType: 'web', frameContext: 'content',
        sessionId: 's1', appSessionId: 'a1', hostFeatures: {}, tid: '11111111-1111-4111-8111-111111111111', userObjectId: '22222222-2222-4222-8222-222222222222',
        userPrincipalName: 'maja.lindqvist@fabrikamnordic.example', loginHint: 'maja.lindqvist@fabrikamnordic.example', userDisplayName: 'Maja Lindqvist',
      }
      // Teams opens the page that sets up a tab in a frame of another kind.
      const frameContext = new URL(settings.path, location.href).pathname === '/configure' ? 'settings' : 'content'
      const answers = {
        'settings.getSettings': () => [{}],
        'settings.setSettings': () => [true],
        initialize: () => [frameContext, 'web', JSON.stringify(runtime), '2.58.0'],
        getContext: () => [context],
        'authentication.getAuthToken': () => (settings.token === null ? [false, 'resourceRequiresConsent'] : [true, settings.token]),
        'authentication.authenticate': () => [false, 'CancelledByUser'],
        'appInitialization.success': () => [{}],
        executeDeepLink: (message) => { window.teamsHost.opened.push(message.args[0]); return [true] },
      }
      window.teamsHost = {
        messages: [], opened: [],
        pressBack: () => frame.contentWindow.postMessage({ func: 'backButtonPress', args: [] }, new URL(settings.path, location.href).origin),
        setTheme: (name) => frame.contentWindow.postMessage({ func: 'themeChange', args: [name] }, new URL(settings.path, location.href).origin),
      }
      addEventListener('message', (event) => {
        if (event.source !== frame.contentWindow) return
        window.teamsHost.messages.push(event.data)
        const answer = answers[event.data.func]
        if (answer) frame.contentWindow.postMessage({ id: event.data.id, uuidAsString: event.data.uuidAsString, args: answer(event.data), monotonicTimestamp: performance.now() }, event.origin)
      })
      frame.src = settings.path
    </script>
  </body>
</html>
`
}
