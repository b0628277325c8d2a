import { alertRules } from '@countersign/core/alerts/catalogue.ts'
import { cleanName } from '@countersign/core/text/clean-name.ts'
import { digestNow, longestMuteDays, mute, unfollow } from '../engine/alerts/settings.ts'
import { followerOf } from '../store/alert-followers.ts'
import { readTx } from '../store/transaction.ts'
import type { Asked } from './answer-command.ts'
import { followerCard } from './cards/alerts.ts'
import { say, type ChatDeps } from './chat-deps.ts'

const usualDays = 7

/** Commands about one's own alert messages. They change nothing in the tenant. */
export const alertAnswers = {
  async alerts({ deps, turn, principal }) {
    const follower = await readTx(deps.act.store, principal, (tx) => followerOf(tx, principal.objectId))
    await say(turn, follower ? { card: followerCard(follower, deps.act.now(), deps.tabUrl) } : { text: notFollowing(deps) })
  },
  /** The argument is `<rule> for <days> days`; without a time it is a week. */
  async mute({ deps, turn, principal, argument }) {
    const read = /^(?<rule>.+?)(?:\s+for\s+(?<days>\d{1,3})\s+days?)?\.?$/iu.exec(argument.trim())?.groups
    const wanted = (read?.['rule'] ?? argument).toLowerCase().replaceAll(/["“”]/g, '')
    const rule = alertRules.find(({ id, title }) => id === wanted || title.toLowerCase() === wanted)
    if (!rule)
      return void (await say(turn, {
        text: `There is no alert rule “${cleanName(argument)}”. The rules are: ${alertRules.map(({ id }) => id).join(', ')}.`,
      }))
    const days = Number(read?.['days'] ?? usualDays)
    if (days > longestMuteDays) return void (await say(turn, { text: `A rule can be muted for ${longestMuteDays} days at most.` }))
    const follower = await mute(clockOf(deps), principal, rule.id, days)
    if (!follower) return void (await say(turn, { text: notFollowing(deps) }))
    const until = follower.muted[rule.id]
    await say(turn, {
      text: until === undefined ? `“${rule.title}” is no longer muted.` : `“${rule.title}” is muted until ${until.slice(0, 10)} (UTC).`,
    })
  },
  async digest({ deps, turn, principal }) {
    const done = await digestNow(clockOf(deps), principal)
    if (done.kind === 'notFollowing') return void (await say(turn, { text: notFollowing(deps) }))
    await say(turn, {
      text: done.alerts === 0 ? 'Nothing has happened since your last digest.' : 'Your digest follows in a few seconds.',
    })
  },
} as const satisfies Readonly<Record<string, (asked: Asked) => Promise<void>>>

/** Ends all alert messages to the person who pressed the button. */
export async function stopAlerts({ deps, turn, principal }: Omit<Asked, 'argument'>): Promise<void> {
  const stopped = await unfollow(clockOf(deps), principal)
  await say(turn, {
    text: stopped
      ? `You get no alert messages any more. To ask for them again: ${deps.tabUrl}/settings/alerts`
      : 'You get no alert messages.',
  })
}

function notFollowing(deps: ChatDeps): string {
  return `You get no alert messages. You can ask for them in Countersign, under Settings, Alerts: ${deps.tabUrl}/settings/alerts`
}

function clockOf(deps: ChatDeps): { readonly store: ChatDeps['act']['store']; readonly now: () => number } {
  return { store: deps.act.store, now: deps.act.now }
}
