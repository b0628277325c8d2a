import { z } from 'zod'
import { roles } from '../principal.ts'
import { defineRoute } from './route.ts'

export const meSchema = z.object({
  displayName: z.string(),
  objectId: z.string(),
  roles: z.array(z.enum(roles)),
  tenant: z.object({ displayName: z.string(), domain: z.string() }),
  /** What this person may do here, so that a control that is shut can say why. */
  may: z.object({
    scan: z.boolean(),
    propose: z.boolean(),
    manageAid: z.boolean(),
    viewFindings: z.boolean(),
    viewReceipts: z.boolean(),
    viewTrust: z.boolean(),
    export: z.boolean(),
  }),
  act: z.enum(['off', 'on']),
  aid: z.object({
    state: z.enum(['notConnected', 'connected', 'needsSignIn', 'disabled', 'roleMissing']),
    userPrincipalName: z.string().nullable(),
    detail: z.string().nullable(),
    /** The tenant has taken back its consent to the registration that acts. */
    lacksConsent: z.boolean().optional(),
  }),
  /** Deep link to the 1:1 chat with the bot. */
  chatUrl: z.string(),
  /** Sent back as X-CSRF-Token with every change when the session is a cookie; null for bearer calls. */
  csrfToken: z.string().nullable(),
  /** Names of owners who were here within a day: whom somebody can ask for a role. */
  owners: z.array(z.string()).optional(),
  /** Place in the log of events before anything was shown: who follows events from here misses none. */
  eventCursor: z.number().int().optional(),
})
export type Me = z.infer<typeof meSchema>

export const getMe = defineRoute({
  id: 'get-me',
  method: 'GET',
  path: '/api/me',
  summary: 'Who is signed in and what that person may do',
  capability: 'signedIn',
  effect: 'none',
  answer: meSchema,
})

/** What a client must know before anybody has signed in; no secret. */
export const clientSettingsSchema = z.object({
  readAppId: z.string(),
  /** The registration that acts; absent where the act plane is not set up. */
  actAppId: z.string().optional(),
  apiResource: z.string(),
  authority: z.string(),
  /** Tenant in whose name clients sign in: its id, or `organizations` where the service serves more than one. */
  signInTenant: z.string().default('organizations'),
  version: z.string(),
  environment: z.enum(['emulator', 'tenant']),
})
export const getClientSettings = defineRoute({
  id: 'get-client-settings',
  method: 'GET',
  path: '/api/client-settings',
  summary: 'Public settings for clients',
  capability: 'public',
  effect: 'none',
  answer: clientSettingsSchema,
})
