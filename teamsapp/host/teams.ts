import { app, authentication, pages } from '@microsoft/teams-js'
import type { Host, StartOutcome, TokenAnswer } from './host.ts'
import { ownPath, teamsLink } from './own-path.ts'
import { schemeOfHost } from './theme.ts'

/** How long a real host may take to answer; a frame that is no Teams never does. */
const answerWithinMs = 5000

/** The Teams family as host (Teams, Outlook and Microsoft 365 speak the same language), or undefined when the frame around us is something else. */
export async function teamsHost(): Promise<Host | undefined> {
  try {
    await within(answerWithinMs, app.initialize())
  } catch {
    return undefined
  }
  app.notifyAppLoaded()
  const context = await app.getContext()
  const appId = context.app.appId?.toString()
  let isTold = false
  let given: (() => Promise<string>) | undefined
  return {
    kind: 'teams',
    locale: context.app.locale,
    startPath: ownPath(context.page.subPageId),
    token: () => (given ? tokenOf(given) : tokenOf(() => authentication.getAuthToken())),
    takeTokensFrom: (give) => {
      given = give
    },
    followScheme: (onScheme) => {
      let isFollowed = true
      onScheme(schemeOfHost(context.app.theme))
      app.registerOnThemeChangeHandler((name) => {
        if (isFollowed) onScheme(schemeOfHost(name))
      })
      return () => {
        isFollowed = false
      }
    },
    open: (url) => {
      app.openLink(url).catch(() => window.open(url, '_blank', 'noopener'))
    },
    linkTo: (path) => {
      const { origin } = window.location
      return appId === undefined ? `${origin}${path}` : teamsLink({ appId, entityId: context.page.id, path, origin })
    },
    onBack: (goBack) => {
      if (pages.backStack.isSupported()) pages.backStack.registerBackButtonHandler(goBack)
    },
    told: (outcome) => {
      if (isTold) return
      isTold = true
      tell(outcome)
    },
  }
}

function tell(outcome: StartOutcome): void {
  if (outcome.kind === 'shown') {
    void app.notifySuccess()
    return
  }
  if (outcome.kind === 'asksConsent') {
    app.notifyExpectedFailure({ reason: app.ExpectedFailureReason.PermissionError })
    return
  }
  const reasons = { signIn: app.FailedReason.AuthFailed, unreachable: app.FailedReason.Timeout, other: app.FailedReason.Other } as const
  app.notifyFailure({ reason: reasons[outcome.why], message: outcome.message })
}

/**
 * The first token comes from teams-js, which the page needs anyway: 18 KiB against 66 for teamsfx, whose TeamsUserCredential asks the same
 * function for the same token. The credential is loaded when the host says that consent is missing (consent.ts), and from then on
 * tokens come through it.
 */
async function tokenOf(give: () => Promise<string>): Promise<TokenAnswer> {
  try {
    return { kind: 'bearer', token: await give() }
  } catch (error) {
    const code = error instanceof Error ? error.message : String(error)
    return /consent|invalid_grant|interaction_required/i.test(code) ? { kind: 'needsConsent' } : { kind: 'failed', code }
  }
}

/** Tells the window that opened this one, through the host, that consent was given. Carries no token. */
export async function tellConsentGiven(): Promise<void> {
  await app.initialize()
  authentication.notifySuccess('{}')
}

function within<Value>(ms: number, answer: Promise<Value>): Promise<Value> {
  return Promise.race([answer, afterAwake(ms).then(() => Promise.reject(new Error(`The host did not answer within ${ms} ms.`)))])
}

/** In ten parts: time in which the machine slept counts as one of them, and what came meanwhile is heard before the next. */
async function afterAwake(ms: number): Promise<void> {
  for (let part = 0; part < 10; part += 1) await new Promise((resolve) => setTimeout(resolve, ms / 10))
}
