import { z } from 'zod'
import { defineRoute } from './route.ts'

const sponsorshipSchema = z.object({
  displayName: z.string(),
  /** Hour of the day in UTC, 0 to 23. */
  hour: z.number().int(),
  since: z.string(),
  /** When the sign-in service last confirmed sign-in, consent and role. */
  provedAt: z.string(),
  lastRunAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** Who or what ended it, in words. */
  endReason: z.string().nullable(),
})
export const sponsorSchema = z.object({
  /** The person in whose name scans run by the clock; null while nobody has offered: then there are no scheduled scans. */
  sponsor: sponsorshipSchema.nullable(),
  /** When the next scheduled scan starts. */
  nextRunAt: z.string().nullable(),
  /** Whether the sponsor is the person who asks. */
  isYou: z.boolean(),
  /** Whether the person who asks may withdraw it. */
  mayWithdraw: z.boolean(),
  /** In words: in whose name scans run, and whether also while nobody is there. */
  sentence: z.string(),
  /** Earlier sponsorships, newest first. */
  ended: z.array(sponsorshipSchema),
})
export type SponsorView = z.infer<typeof sponsorSchema>

export const getSponsor = defineRoute({
  id: 'get-sponsor',
  method: 'GET',
  path: '/api/sponsor',
  summary: 'In whose name scans run by the clock, if at all',
  capability: 'viewTrust',
  effect: 'none',
  answer: sponsorSchema,
})
export const putSponsor = defineRoute({
  id: 'put-sponsor',
  method: 'PUT',
  path: '/api/sponsor',
  summary: 'Let scans run once a day in your name, also while you are away, or change the hour',
  capability: 'scan',
  effect: 'changes',
  body: z.object({ hour: z.number().int().min(0).max(23) }).strict(),
  answer: sponsorSchema,
})
export const deleteSponsor = defineRoute({
  id: 'delete-sponsor',
  method: 'DELETE',
  path: '/api/sponsor',
  summary: 'Withdraw the sponsorship of scheduled scans: your own, or as an owner anybody’s',
  capability: 'scan',
  effect: 'changes',
  answer: sponsorSchema,
})
