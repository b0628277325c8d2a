import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Identity } from '../identity/identity.ts'
import { sessionCookie, sessionCookieOptions } from './auth.ts'
import { plainPage } from './plain-page.ts'

const signInCookie = '__Host-countersign-sign-in'
/** Empty ones are none. */
const text = z.string().min(1).max(8000).optional().catch(undefined)
const beginSchema = z.object({ to: text })
const callbackSchema = z.object({ code: text, state: text, error: text })
/** What the consent page sends back: learn.microsoft.com/entra/identity-platform/v2-admin-consent. */
const consentSchema = z.object({ admin_consent: text, error: text })

/** Sign-in of a plain browser, its end, and the page where the Aid's sign-in comes back. They are pages, so they are no routes of the contract. */
export function signInPages(identity: Identity): (app: FastifyInstance) => void {
  return (app) => {
    app.get('/auth/sign-in', async (request, reply) => {
      const { url, cookie } = await identity.browser.begin(beginSchema.parse(request.query).to)
      return reply.setCookie(signInCookie, cookie, { ...sessionCookieOptions, maxAge: 600 }).redirect(url)
    })

    app.get('/auth/callback', async (request, reply) => {
      const consent = consentSchema.parse(request.query)
      if (consent.admin_consent !== undefined)
        return sendConsentPage(reply, consent.admin_consent === 'True' && consent.error === undefined)
      const completed = await identity.browser.complete(callbackSchema.parse(request.query), request.cookies[signInCookie])
      reply.clearCookie(signInCookie, sessionCookieOptions)
      if (completed.kind === 'refused')
        return sendPage(reply, 403, 'Not signed in', completed.reason, { text: 'Try again', href: '/auth/sign-in' })
      return reply.setCookie(sessionCookie, completed.sessionId, sessionCookieOptions).redirect(completed.to)
    })

    app.get('/auth/sign-out', async (request, reply) => {
      const { url } = await identity.browser.signOut(request.cookies[sessionCookie])
      return reply.clearCookie(sessionCookie, sessionCookieOptions).redirect(url)
    })

    app.get('/auth/aid/callback', async (request, reply) => {
      const consent = consentSchema.parse(request.query)
      if (consent.admin_consent !== undefined)
        return sendConsentPage(reply, consent.admin_consent === 'True' && consent.error === undefined)
      if (!identity.aid)
        return sendPage(reply, 409, 'Actions are off', 'This deployment only reads: there is nothing that an Aid could do.')
      const completed = await identity.aid.complete(callbackSchema.parse(request.query))
      if (completed.kind === 'refused') return sendPage(reply, 403, 'The Aid was not connected', completed.reason)
      const missing =
        completed.missing.length > 0
          ? ` It still lacks: ${completed.missing.join(', ')}. Assign this in Entra before the first action.`
          : ''
      return sendPage(
        reply,
        200,
        'The Aid is connected',
        `${completed.userPrincipalName} now carries out what a person has countersigned, and nothing else.${missing} You can close this page.`,
      )
    })
  }
}

function sendConsentPage(reply: FastifyReply, granted: boolean): FastifyReply {
  return granted
    ? sendPage(reply, 200, 'The permission is granted', 'The next scan can read what was missing.', {
        text: 'Back to Countersign',
        href: '/overview',
      })
    : sendPage(reply, 403, 'The permission was not granted', 'Nothing has changed. An administrator of the tenant can grant it.', {
        text: 'Back to Countersign',
        href: '/overview',
      })
}

function sendPage(
  reply: FastifyReply,
  status: number,
  title: string,
  sentence: string,
  link?: { readonly text: string; readonly href: string },
): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(plainPage(title, sentence, link))
}
