import { z } from 'zod'
import { alertRuleIds } from '../alerts/catalogue.ts'
import { subscriptionSchema } from '../alerts/subscription.ts'
import { defineRoute } from './route.ts'

const severities = ['critical', 'high', 'medium', 'low'] as const
const value = z.union([z.number(), z.string()])
const ruleParams = z.object({ ruleId: z.string().refine((id) => alertRuleIds.includes(id), `must be one of ${alertRuleIds.join(', ')}`) })

const parameterSchema = z.object({
  kind: z.enum(['number', 'choice']),
  name: z.string(),
  title: z.string(),
  /** Of a number. */
  unit: z.enum(['days', 'points', 'scans']).nullable(),
  least: z.number().nullable(),
  most: z.number().nullable(),
  /** Of a choice. */
  choices: z.array(z.object({ id: z.string(), title: z.string() })),
  value,
  starts: value,
})

export const alertRuleSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** When it speaks. */
  meaning: z.string(),
  isOn: z.boolean(),
  severity: z.enum(severities),
  parameters: z.array(parameterSchema),
  /** Conditions that are so now, whether anybody was told or not. */
  standing: z.number().int(),
  lastRaisedAt: z.string().nullable(),
  /** Who chose this last; null while it is as the product comes. */
  changed: z.object({ byName: z.string(), at: z.string() }).nullable(),
})
export type AlertRuleView = z.infer<typeof alertRuleSchema>

export const listAlertRules = defineRoute({
  id: 'list-alert-rules',
  method: 'GET',
  path: '/api/alerts',
  summary: 'The rules by which people are told that something has begun, as the tenant chose them',
  capability: 'viewPosture',
  effect: 'none',
  answer: z.object({ rules: z.array(alertRuleSchema), mayChange: z.boolean() }),
})

export const chooseAlertRule = defineRoute({
  id: 'choose-alert-rule',
  method: 'PUT',
  path: '/api/alerts/rules/:ruleId',
  summary: 'Switch an alert rule on or off for the tenant, and set its severity and limits',
  capability: 'manageAlerts',
  effect: 'changes',
  params: ruleParams,
  body: z.object({ isOn: z.boolean(), severity: z.enum(severities), parameters: z.record(z.string().max(40), value) }).strict(),
  answer: alertRuleSchema,
})

export const alertMessageSchema = z.object({
  id: z.string(),
  to: z.string(),
  kind: z.enum(['immediate', 'digest', 'test']),
  state: z.enum(['waiting', 'sending', 'delivered', 'failed', 'dropped', 'unclear']),
  /** How many alerts it holds. */
  alerts: z.number().int(),
  createdAt: z.string(),
  /** When it will be sent at the earliest, while it waits. */
  notBefore: z.string(),
  settledAt: z.string().nullable(),
  /** Why it is where it is; '' where there is nothing to say. */
  detail: z.string(),
})
export type AlertMessageView = z.infer<typeof alertMessageSchema>

export const myAlertsSchema = z.object({
  /** What this person asked for; null while nothing is sent. */
  wants: subscriptionSchema.nullable(),
  nextDigestAt: z.string().nullable(),
  /** Rules that this person muted, with the time until which. */
  muted: z.array(z.object({ ruleId: z.string(), until: z.string() })),
  rules: z.array(z.object({ id: z.string(), title: z.string(), /** False where the tenant switched it off. */ isOn: z.boolean() })),
  chat: z.object({
    /** Whether this person's 1:1 chat with Countersign is known: without it nothing can be sent. */
    isKnown: z.boolean(),
    url: z.string(),
  }),
  /** The newest twenty. */
  messages: z.array(alertMessageSchema),
})
export type MyAlerts = z.infer<typeof myAlertsSchema>

export const getMyAlerts = defineRoute({
  id: 'get-my-alerts',
  method: 'GET',
  path: '/api/alerts/mine',
  summary: 'What the person who asks is told of, how it reaches them, and what was sent',
  capability: 'followAlerts',
  effect: 'none',
  answer: myAlertsSchema,
})

export const putMyAlerts = defineRoute({
  id: 'put-my-alerts',
  method: 'PUT',
  path: '/api/alerts/mine',
  summary: 'Ask for alert messages in one’s own 1:1 chat, or change what one asked for',
  capability: 'followAlerts',
  effect: 'changes',
  body: subscriptionSchema,
  answer: myAlertsSchema,
})

export const deleteMyAlerts = defineRoute({
  id: 'delete-my-alerts',
  method: 'DELETE',
  path: '/api/alerts/mine',
  summary: 'Stop alert messages to oneself',
  capability: 'followAlerts',
  effect: 'changes',
  answer: myAlertsSchema,
})

export const muteMyAlerts = defineRoute({
  id: 'mute-my-alerts',
  method: 'PUT',
  path: '/api/alerts/mine/mutes/:ruleId',
  summary: 'Be told nothing of a rule for some days; 0 days takes that back',
  capability: 'followAlerts',
  effect: 'changes',
  params: ruleParams,
  body: z.object({ days: z.number().int().min(0).max(90, 'must be at most 90 days') }).strict(),
  answer: myAlertsSchema,
})

export const sendTestAlert = defineRoute({
  id: 'send-test-alert',
  method: 'POST',
  path: '/api/alerts/mine/test',
  summary: 'Send oneself a message that says nothing but that messages arrive',
  capability: 'followAlerts',
  effect: 'changes',
  answer: z.object({ planned: z.boolean() }),
})

export const listAlertSubscriptions = defineRoute({
  id: 'list-alert-subscriptions',
  method: 'GET',
  path: '/api/alerts/subscriptions',
  summary: 'Who asked for alert messages',
  capability: 'manageAlerts',
  effect: 'none',
  answer: z.object({
    subscriptions: z.array(z.object({ name: z.string(), objectId: z.string(), since: z.string(), wants: subscriptionSchema })),
  }),
})

export const listAlertMessages = defineRoute({
  id: 'list-alert-messages',
  method: 'GET',
  path: '/api/alerts/log',
  summary: 'Alert messages, newest first: to whom, and what became of each',
  capability: 'manageAlerts',
  effect: 'none',
  query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
  answer: z.object({ messages: z.array(alertMessageSchema) }),
})
