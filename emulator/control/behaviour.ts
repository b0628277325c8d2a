import { z } from 'zod'
import { applySettings, settingsPatch } from '../signin/settings.ts'
import type { SignInState } from '../signin/state.ts'
import { collections } from '../graph/collections.ts'
import { faultKinds } from '../tenants/world.ts'
import type { Fault, World } from '../tenants/world.ts'
import { bad, done, parseBody } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** How far the world's clock is ahead of the machine's; the clock reads it at every call. */
export interface ClockOffset {
  offsetMs: number
}

const fault = z.strictObject({
  match: z
    .strictObject({
      method: z.string().toUpperCase().optional(),
      pathPrefix: z.string().startsWith('/').optional(),
      appId: z.guid().optional(),
      collection: z.string().min(1).optional(),
    })
    .default({}),
  times: z.number().int().min(1).optional(),
  kind: z.enum(faultKinds),
  status: z.number().int().min(400).max(599).optional(),
  refusal: z.enum(['scope', 'role', 'premium', 'p2']).optional(),
  retryAfter: z.string().nullable().optional(),
  delayMs: z.number().int().min(0).max(600_000).optional(),
}) satisfies z.ZodType<Fault>

export function putFaults(world: World, bodyText: string): Outcome {
  const parsed = parseBody(bodyText, z.array(fault))
  if (!parsed.ok) return parsed
  for (const [index, entry] of parsed.value.entries()) {
    if (entry.kind === 'status' && entry.status === undefined) return bad(`faults[${index}]: the kind "status" needs a status.`)
    if ((entry.kind === 'delay' || entry.kind === 'slow') && entry.delayMs === undefined)
      return bad(`faults[${index}]: the kind "${entry.kind}" needs delayMs.`)
    if (entry.kind === 'refuse' && entry.refusal === undefined)
      return bad(`faults[${index}]: the kind "refuse" needs refusal: scope, role, premium or p2.`)
    const { collection } = entry.match
    if (collection !== undefined && !collections.some((known) => known.path.toLowerCase() === collection.toLowerCase()))
      return bad(`faults[${index}]: there is no collection "${collection}"; the names are those of graph/collections-*.ts, such as users.`)
  }
  world.faults.splice(0, world.faults.length, ...parsed.value)
  return done({ faults: world.faults })
}

export function clearFaults(world: World): Outcome {
  world.faults.length = 0
  return done()
}

/** Entries after `since`, oldest first. */
export function readRequests(world: World, since: string | null): Outcome {
  const after = Number(since ?? '0')
  if (!Number.isInteger(after) || after < 0) return bad('since must be the seq of an entry, or 0.')
  return done({ requests: world.requestLog.filter((entry) => entry.seq > after) })
}

export function clearRequests(world: World): Outcome {
  world.requestLog.length = 0
  return done()
}

export function putAudit(world: World, bodyText: string): Outcome {
  const parsed = parseBody(bodyText, z.strictObject({ delayMs: z.number().int().min(0).nullable() }))
  if (!parsed.ok) return parsed
  world.settings.auditDelayMs = parsed.value.delayMs
  return done(parsed.value)
}

export function putClock(world: World, clock: ClockOffset, bodyText: string): Outcome {
  const parsed = parseBody(bodyText, z.strictObject({ offsetMs: z.number().int() }))
  if (!parsed.ok) return parsed
  clock.offsetMs = parsed.value.offsetMs
  return done({ offsetMs: clock.offsetMs, now: new Date(world.clock.now()).toISOString() })
}

export function putGraphSettings(world: World, bodyText: string): Outcome {
  const shape = z.strictObject({
    readLagMs: z.number().int().min(0).optional(),
    throttling: z.boolean().optional(),
    pageTokenMs: z.number().int().min(0).optional(),
    deltaTokenMs: z.number().int().min(0).optional(),
    deltaReplays: z.boolean().optional(),
    latencyMs: z.number().int().min(0).max(60_000).optional(),
    perRowMs: z.number().min(0).max(1000).optional(),
  })
  const parsed = parseBody(bodyText, shape)
  if (!parsed.ok) return parsed
  const given = Object.fromEntries(Object.entries(parsed.value).filter(([, value]) => value !== undefined))
  Object.assign(world.settings, given)
  return done(world.settings)
}

export function putSignIn(state: SignInState, bodyText: string): Outcome {
  const parsed = parseBody(bodyText, settingsPatch)
  if (!parsed.ok) return parsed
  applySettings(state.settings, parsed.value)
  const {
    accessTokenSeconds = null,
    requiredContexts,
    mfaRequiredFor,
    conditionalAccessBlock = null,
    evaluatePolicies,
    evidence,
  } = state.settings
  const brought = Object.fromEntries(evidence)
  return done({
    accessTokenSeconds,
    requiredContexts,
    mfaRequiredFor: [...mfaRequiredFor],
    conditionalAccessBlock,
    evaluatePolicies,
    evidence: brought,
  })
}

export async function rotateKeys(state: SignInState): Promise<Outcome> {
  await state.keys.rotate()
  return done({ published: state.keys.published().map((key) => key.kid) })
}
