import { alertRules } from '@countersign/core/alerts/catalogue.ts'
import type { AlertRule } from '@countersign/core/alerts/rule.ts'
import {
  chooseAlertRule,
  deleteMyAlerts,
  getMyAlerts,
  listAlertMessages,
  listAlertRules,
  listAlertSubscriptions,
  muteMyAlerts,
  putMyAlerts,
  sendTestAlert,
  type AlertMessageView,
  type AlertRuleView,
  type MyAlerts,
} from '@countersign/core/api/alerts.ts'
import { permission, type Principal } from '@countersign/core/principal.ts'
import { ruleAsChosen } from '../../engine/alerts/look.ts'
import { chooseRule, follow, mute, sendTest, unfollow } from '../../engine/alerts/settings.ts'
import { followerOf, followers } from '../../store/alert-followers.ts'
import { listMessages, type StoredMessage } from '../../store/alert-messages.ts'
import { countStanding, newestAlerts, storedRules } from '../../store/alerts.ts'
import { conversationOf } from '../../store/conversations.ts'
import type { Store } from '../../store/database.ts'
import { readTx, type ReadTx } from '../../store/transaction.ts'
import { serve, type Handler } from '../handler.ts'
import { answer, notFound, refuse } from '../problem.ts'

const mineShown = 20

export interface AlertRoutes {
  readonly store: Store
  /** Deep link to a person's 1:1 chat with the bot. */
  readonly chatUrl: string
  readonly now: () => number
}

export function alertRoutes(deps: AlertRoutes): Handler[] {
  const { store } = deps
  const mine = (principal: Principal): Promise<MyAlerts> => readTx(store, principal, (tx) => myAlerts(tx, principal, deps))
  return [
    serve(listAlertRules, async ({ signedIn: { principal } }) =>
      answer({ rules: await readTx(store, principal, ruleViews), mayChange: permission(principal, 'manageAlerts').may }),
    ),
    serve(chooseAlertRule, async ({ signedIn: { principal }, params: { ruleId }, body }) => {
      const done = await chooseRule(deps, principal, ruleId, body)
      if (done.kind === 'bad')
        return refuse(400, 'Not within the limits', done.problems.map(({ message }) => message).join(' '), { errors: done.problems })
      const view = (await readTx(store, principal, ruleViews)).find(({ id }) => id === ruleId)
      return view && done.kind === 'chosen' ? answer(view) : notFound('An alert rule with this id')
    }),
    serve(getMyAlerts, async ({ signedIn: { principal } }) => answer(await mine(principal))),
    serve(putMyAlerts, async ({ signedIn: { principal }, body }) => {
      await follow(deps, principal, body)
      return answer(await mine(principal))
    }),
    serve(deleteMyAlerts, async ({ signedIn: { principal } }) => {
      await unfollow(deps, principal)
      return answer(await mine(principal))
    }),
    serve(muteMyAlerts, async ({ signedIn: { principal }, params: { ruleId }, body: { days } }) => {
      if (!(await mute(deps, principal, ruleId, days)))
        return refuse(409, 'Nothing to mute', 'You get no alert messages, so that there is nothing to mute.')
      return answer(await mine(principal))
    }),
    serve(sendTestAlert, async ({ signedIn: { principal } }) => {
      if (!(await sendTest(deps, principal)))
        return refuse(409, 'No chat yet', 'Your 1:1 chat with Countersign is not known, so that nothing can be sent there.', {
          mend: 'Open the chat with Countersign in Teams and write “hello”; then try again.',
        })
      return answer({ planned: true }, { status: 202 })
    }),
    serve(listAlertSubscriptions, async ({ signedIn: { principal } }) => {
      const all = await readTx(store, principal, followers)
      return answer({
        subscriptions: all.map(({ displayName, personId, since, wants }) => ({ name: displayName, objectId: personId, since, wants })),
      })
    }),
    serve(listAlertMessages, async ({ signedIn: { principal }, query: { limit } }) =>
      answer({ messages: (await readTx(store, principal, (tx) => listMessages(tx, limit))).map(messageView) }),
    ),
  ]
}

async function ruleViews(tx: ReadTx): Promise<AlertRuleView[]> {
  const stored = await storedRules(tx)
  const standing = await countStanding(tx)
  const newest = await newestAlerts(tx)
  return alertRules.map((rule) => {
    const { isOn, severity, parameters } = ruleAsChosen(rule, stored)
    const changed = stored.find(({ ruleId }) => ruleId === rule.id)
    return {
      id: rule.id,
      title: rule.title,
      meaning: rule.meaning,
      isOn,
      severity,
      parameters: rule.parameters.map((parameter) => parameterView(parameter, parameters[parameter.name] ?? parameter.starts)),
      standing: standing.get(rule.id) ?? 0,
      lastRaisedAt: newest.get(rule.id) ?? null,
      changed: changed ? { byName: changed.byName, at: changed.at } : null,
    }
  })
}

function parameterView(parameter: AlertRule['parameters'][number], value: number | string): AlertRuleView['parameters'][number] {
  const { kind, name, title, starts } = parameter
  const shared = { kind, name, title, value, starts }
  if (parameter.kind === 'choice') return { ...shared, unit: null, least: null, most: null, choices: [...parameter.choices] }
  const { unit, least, most } = parameter
  return { ...shared, unit, least, most, choices: [] }
}

async function myAlerts(tx: ReadTx, { objectId }: Principal, { chatUrl, now }: AlertRoutes): Promise<MyAlerts> {
  const follower = await followerOf(tx, objectId)
  const stored = await storedRules(tx)
  const digestAt = follower?.digestAt ?? null
  return {
    wants: follower?.wants ?? null,
    nextDigestAt: digestAt === null ? null : new Date(digestAt).toISOString(),
    muted: Object.entries(follower?.muted ?? {})
      .filter(([, until]) => Date.parse(until) > now())
      .map(([ruleId, until]) => ({ ruleId, until })),
    rules: alertRules.map((rule) => ({ id: rule.id, title: rule.title, isOn: ruleAsChosen(rule, stored).isOn })),
    chat: { isKnown: (await conversationOf(tx, objectId)) !== undefined, url: chatUrl },
    messages: (await listMessages(tx, mineShown, objectId)).map(messageView),
  }
}

function messageView({ id, displayName, kind, state, alerts, createdAt, notBefore, settledAt, detail }: StoredMessage): AlertMessageView {
  return { id, to: displayName, kind, state, alerts: alerts.length, createdAt, notBefore, settledAt, detail }
}
