import type { SponsorView } from '@countersign/core/api/sponsor.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { permission } from '@countersign/core/principal.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import { mayWithdraw, nextRun } from '../../engine/sponsor.ts'
import { activeSponsor, endedSponsorships, type Sponsorship } from '../../store/sponsors.ts'
import type { ReadTx } from '../../store/transaction.ts'

const endedShown = 10

const sponsored =
  'Scans also start by the clock, every day at {time} UTC. They run as {name}, with what {name} may read, also while {name} is not present: {name} has lent their sign-in for this since {since, date, day}.'
const notSponsored = 'Scans run only when a signed-in person starts them: nobody has lent their sign-in for scans by the clock.'

/** In whose name scans run, in words; also a line of the Trust Center. */
export function sponsorSentence(sponsor: Sponsorship | undefined, locale: string): string {
  if (!sponsor) return notSponsored
  const { displayName: name, since, hour } = sponsor
  return renderMessage(sponsored, { name, since, time: `${String(hour).padStart(2, '0')}:00` }, locale)
}

export async function sponsorView(tx: ReadTx, principal: Principal, now: number, locale: string): Promise<SponsorView> {
  const sponsor = await activeSponsor(tx)
  const ended = await endedSponsorships(tx, endedShown)
  return {
    sponsor: sponsor ? line(sponsor) : null,
    nextRunAt: sponsor ? new Date(nextRun(sponsor, now)).toISOString() : null,
    isYou: sponsor?.personId === principal.objectId,
    mayWithdraw: sponsor !== undefined && permission(principal, 'scan').may && mayWithdraw(principal, sponsor),
    sentence: sponsorSentence(sponsor, locale),
    ended: ended.map(line),
  }
}

function line({ displayName, hour, since, provedAt, lastRunAt, endedAt, endReason }: Sponsorship): SponsorView['ended'][number] {
  return { displayName, hour, since, provedAt, lastRunAt, endedAt, endReason }
}
