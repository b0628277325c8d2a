import { dayMs } from '@countersign/core/day.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { capabilities, type Role } from '@countersign/core/principal.ts'
import type { Identity } from '../identity/identity.ts'
import type { SignedIn } from '../identity/signed-in.ts'
import { appendEvent } from '../store/outbox.ts'
import { insertScan, newestScan } from '../store/scans.ts'
import { activeSponsor, endSponsor, noteProof, putSponsor, takeRun, type Sponsorship } from '../store/sponsors.ts'
import { readTx, writeTx, type StoredJob } from '../store/transaction.ts'
import type { Store } from '../store/database.ts'
import type { Log } from '../log.ts'
import type { ScanJob } from './scan/scan.ts'

export interface SponsorDependencies {
  readonly store: Store
  readonly identity: Pick<Identity, 'prepareReading' | 'proveStored'>
  readonly enqueue: (job: ScanJob) => Promise<void>
  readonly now: () => number
}

export const sponsorJobName = 'sponsor'
/** A little after every full hour. */
export const sponsorCron = '7 * * * *'

const hourMs = 3_600_000
/** A service that was down at the hour still scans when it is back within this time; later it waits for the next day. */
const lateAtMostMs = 3 * hourMs

export type SponsorAnswer =
  | { readonly kind: 'sponsor' }
  | { readonly kind: 'needsSignIn'; readonly reason: string }
  /** Somebody else is the sponsor: there is one for a tenant. */
  | { readonly kind: 'taken'; readonly by: string }

/** Makes the signed-in person the scan sponsor, by their own choice, or changes the hour. Their refresh token stays in the vault. */
export async function becomeSponsor(deps: SponsorDependencies, signedIn: SignedIn, hour: number): Promise<SponsorAnswer> {
  const { principal } = signedIn
  const other = await readTx(deps.store, principal, activeSponsor)
  if (other && other.personId !== principal.objectId) return { kind: 'taken', by: other.displayName }
  const ready = await deps.identity.prepareReading(signedIn)
  if (ready.kind === 'needsSignIn') return ready
  const at = iso(deps.now())
  return writeTx(deps.store, principal, async (tx) => {
    const made = await putSponsor(tx, { displayName: principal.displayName, hour, at })
    if (!made) return { kind: 'taken', by: (await activeSponsor(tx))?.displayName ?? '' }
    appendEvent(tx, 'sponsor.changed', made.id, at)
    return { kind: 'sponsor' }
  })
}

export type Withdrawn = { readonly kind: 'withdrawn' | 'none' } | { readonly kind: 'notYours'; readonly by: string }

/** Ends the sponsorship: one's own, or as an owner anybody's. */
export async function withdrawSponsor(deps: SponsorDependencies, principal: Principal): Promise<Withdrawn> {
  return writeTx(deps.store, principal, async (tx) => {
    const sponsor = await activeSponsor(tx)
    if (!sponsor) return { kind: 'none' }
    if (!mayWithdraw(principal, sponsor)) return { kind: 'notYours', by: sponsor.displayName }
    const isOwn = sponsor.personId === principal.objectId
    const reason = isOwn ? `${sponsor.displayName} withdrew it.` : `${principal.displayName}, an owner, withdrew it.`
    const at = iso(deps.now())
    if (await endSponsor(tx, sponsor.id, { at, reason })) appendEvent(tx, 'sponsor.changed', sponsor.id, at)
    return { kind: 'withdrawn' }
  })
}

export function mayWithdraw(principal: Principal, sponsor: Sponsorship): boolean {
  return sponsor.personId === principal.objectId || principal.roles.includes('owner')
}

/** When the scan of this sponsor starts next, or should have started already. Pure. */
export function nextRun(sponsor: Pick<Sponsorship, 'hour' | 'since' | 'lastRunAt'>, now: number): number {
  const due = lastHour(sponsor.hour, now)
  return isOpen(sponsor, due, now) ? due : due + dayMs
}

function lastHour(hour: number, now: number): number {
  const today = Math.floor(now / dayMs) * dayMs + hour * hourMs
  return today <= now ? today : today - dayMs
}

function isOpen({ since, lastRunAt }: Pick<Sponsorship, 'since' | 'lastRunAt'>, due: number, now: number): boolean {
  return now - due < lateAtMostMs && Date.parse(since) <= due && (lastRunAt === null || Date.parse(lastRunAt) < due)
}

export type SponsorRound = 'noSponsor' | 'notDue' | 'ended' | 'busy' | 'started'

/** One look at the clock for one tenant: starts the scan that is due, and ends a sponsorship whose sign-in no longer stands. */
export async function runSponsored(deps: SponsorDependencies, tenantId: string): Promise<SponsorRound> {
  const { sponsor, newest } = await readTx(deps.store, { tenantId, objectId: '' }, async (tx) => ({
    sponsor: await activeSponsor(tx),
    newest: await newestScan(tx),
  }))
  if (!sponsor) return 'noSponsor'
  const now = deps.now()
  const due = lastHour(sponsor.hour, now)
  const isDue = isOpen(sponsor, due, now)
  // A scheduled scan that failed may have lost the sign-in on its way.
  const hasFailed = newest?.scheduled === true && newest.state === 'failed' && (newest.finishedAt ?? '') > sponsor.provedAt
  if (!isDue && !hasFailed) return 'notDue'
  if (!(await proveSponsor(deps, tenantId, sponsor))) return 'ended'
  if (!isDue) return 'notDue'
  const who: StoredJob = { tenantId, objectId: sponsor.personId }
  const at = iso(now)
  const scan = await writeTx(deps.store, who, async (tx) => {
    if (!(await takeRun(tx, sponsor, iso(due), at))) return undefined
    const made = await insertScan(tx, { startedByName: sponsor.displayName, at, scheduled: true })
    if (made) appendEvent(tx, 'scan.started', made.id, at)
    return made
  })
  if (!scan) return 'busy'
  await deps.enqueue({ ...who, scanId: scan.id })
  return 'started'
}

/** Looks at the clock for every tenant; one tenant's trouble is not another's. */
export async function runSponsors(deps: SponsorDependencies, tenantIds: readonly string[], log: Log): Promise<void> {
  for (const tenantId of tenantIds) {
    try {
      await runSponsored(deps, tenantId)
    } catch (error) {
      log.error({ err: error, tenantId }, 'the look at the clock for a tenant failed')
    }
  }
}

/** Renews the sponsor's sign-in, so that it neither ages away nor stands longer than consent and role do. */
export async function renewSponsor(deps: SponsorDependencies, tenantId: string): Promise<'noSponsor' | 'renewed' | 'ended'> {
  const sponsor = await readTx(deps.store, { tenantId, objectId: '' }, activeSponsor)
  if (!sponsor) return 'noSponsor'
  return (await proveSponsor(deps, tenantId, sponsor)) ? 'renewed' : 'ended'
}

async function proveSponsor(deps: SponsorDependencies, tenantId: string, sponsor: Sponsorship): Promise<boolean> {
  const who: StoredJob = { tenantId, objectId: sponsor.personId }
  const proof = await deps.identity.proveStored(who)
  const at = iso(deps.now())
  const reason =
    proof.kind === 'needsSignIn'
      ? `The sign-in of ${sponsor.displayName} no longer stands: ${proof.reason}`
      : mayScan(proof.roles)
        ? undefined
        : `${sponsor.displayName} no longer holds a role that may scan.`
  await writeTx(deps.store, who, async (tx) => {
    if (reason === undefined) return noteProof(tx, sponsor.id, at)
    if (await endSponsor(tx, sponsor.id, { at, reason })) appendEvent(tx, 'sponsor.changed', sponsor.id, at)
  })
  return reason === undefined
}

function mayScan(roles: readonly Role[]): boolean {
  const allowed: readonly Role[] = capabilities.scan
  return roles.some((role) => allowed.includes(role))
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
