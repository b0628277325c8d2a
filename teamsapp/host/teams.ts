import { app, authentication } from '@microsoft/teams-js'
import type { Host, TokenAnswer } from './host.ts'
import { schemeOfHost } from './theme.ts'

/** How long a real host may take to answer; a frame that is no Teams never does. */
const answerWithinMs = 5000

/** The Teams family as host, or undefined when the frame around us is something else. */
export async function teamsHost(): Promise<Host | undefined> {
  try {
    await within(answerWithinMs, app.initialize())
  } catch {
    return undefined
  }
  const context = await app.getContext()
  app.notifySuccess()
  return {
    kind: 'teams',
    locale: context.app.locale,
    startPath: pathIn(context.page.subPageId),
    token: askToken,
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
  }
}

async function askToken(): Promise<TokenAnswer> {
  try {
    return { kind: 'bearer', token: await authentication.getAuthToken() }
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

/** A deep link's page: only a path of ours, never another address. */
function pathIn(subPage: string | undefined): string | undefined {
  return subPage !== undefined && /^\/(?!\/)[\w\-./?=&]*$/.test(subPage) ? subPage : undefined
}

function within<Value>(ms: number, answer: Promise<Value>): Promise<Value> {
  return Promise.race([
    answer,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error(`The host did not answer within ${ms} ms.`)), ms)),
  ])
}
