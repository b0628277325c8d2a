import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { listActivity } from '../../../../core/api/activity.ts'
import { alertRuleSchema, listAlertRules, myAlertsSchema, type MyAlerts } from '../../../../core/api/alerts.ts'
import { membersSchema } from '../../../../core/api/members.ts'
import { capabilities } from '../../../../core/principal.ts'
import { startingSubscription } from '../../../../core/alerts/subscription.ts'
import type { Person } from '../../../../tools/stack/person.ts'
import { answerTo, cardIn, liveVerbs, newAfter, textOf, type ChatStack } from '../chat-stack.ts'
import { sharedChat } from '../shared-chat.ts'

let stack: ChatStack
let ada: Person

function call(method: string, path: string, body?: unknown): Promise<unknown> {
  return stack.call(ada, stack.origin, method, path, body)
}
async function mine(method = 'GET', path = '/api/alerts/mine', body?: unknown): Promise<MyAlerts> {
  return myAlertsSchema.parse(await call(method, path, body))
}
/** The newest message, once none is on its way any more: it is in the chat before that is noted. How many were no test messages. */
async function settledMessages(): Promise<{ readonly last: MyAlerts['messages'][number] | undefined; readonly others: number }> {
  for (;;) {
    const { messages } = await mine()
    if (messages.every(({ state }) => state !== 'waiting' && state !== 'sending'))
      return { last: messages[0], others: messages.filter(({ kind }) => kind !== 'test').length }
    await wait(100)
  }
}
const wants = { ...startingSubscription('UTC'), digest: true, quiet: null }

describe('alerts through the service and the chat', () => {
  beforeAll(() => {
    ;({ stack, ada } = sharedChat())
  })

  it('says how to begin the chat, and sends nothing before it is known and asked for', async () => {
    expect(await mine()).toMatchObject({ wants: null, chat: { isKnown: false }, messages: [] })
    await expect(call('POST', '/api/alerts/mine/test')).rejects.toThrow('write “hello”')
    expect(await textOf(stack.chat, 'alerts')).toContain('You get no alert messages.')
    expect(await textOf(stack.chat, 'digest now')).toContain('You get no alert messages.')
    expect(await mine()).toMatchObject({ wants: null, chat: { isKnown: true } })
  })

  it('refuses what is not within the limits, with the place and the reason', async () => {
    await expect(call('PUT', '/api/alerts/mine', { ...wants, timeZone: 'Mars' })).rejects.toThrow('must be the name of a time zone')
    await expect(call('PUT', '/api/alerts/mine', { ...wants, rules: ['other'] })).rejects.toThrow('must be one of critical-finding')
    const rule = { isOn: true, severity: 'high', parameters: { points: 51, days: 7 } }
    await expect(call('PUT', '/api/alerts/rules/score-drop', rule)).rejects.toThrow('Drop must be a whole number from 1 to 50.')
    await expect(call('PUT', '/api/alerts/rules/other', rule)).rejects.toThrow('400')
    await expect(call('PUT', '/api/alerts/mine/mutes/risky-user', { days: 3 })).rejects.toThrow('nothing to mute')
  })

  it('a test message arrives in the chat; commands and buttons show, mute and stop', async () => {
    expect((await mine('PUT', '/api/alerts/mine', wants)).wants).toEqual(wants)
    const test = await newAfter(
      stack.chat,
      () => call('POST', '/api/alerts/mine/test'),
      ({ cards }) => cards.some(({ text }) => text.includes('Alert messages arrive here')),
    )
    expect(cardIn(test).text).toContain('Nothing has happened in your tenant.')

    const card = cardIn(await answerTo(stack.chat, 'alerts'))
    expect(card.text).toContain('Daily digest')
    expect(liveVerbs(card)).toEqual(['digestNow', 'stopAlerts'])
    expect(await textOf(stack.chat, 'mute risky-user for 3 days')).toMatch(/“Risky user” is muted until \d{4}-\d{2}-\d{2}/)
    expect(await textOf(stack.chat, 'mute Scan failing')).toContain('“Scan failing” is muted until')
    expect(await textOf(stack.chat, 'mute everything')).toContain('There is no alert rule “everything”')
    expect(await textOf(stack.chat, 'mute risky-user for 400 days')).toContain('90 days at most')
    expect((await mine()).muted.map(({ ruleId }) => ruleId).toSorted()).toEqual(['risky-user', 'scan-failing'])
    expect((await mine('PUT', '/api/alerts/mine/mutes/risky-user', { days: 0 })).muted.map(({ ruleId }) => ruleId)).toEqual([
      'scan-failing',
    ])
    expect(await textOf(stack.chat, 'digest now')).toContain('Nothing has happened since your last digest.')

    const before = stack.chat.mark()
    await stack.chat.press(card, 'stopAlerts')
    await stack.chat.waitFor(({ text }) => text.includes('You get no alert messages any more.'), { since: before })
    expect((await mine()).wants).toBeNull()
    expect(await settledMessages()).toMatchObject({ last: { kind: 'test', state: 'delivered' }, others: 0 })
  })

  it('another person’s press acts on that person’s own messages alone', async () => {
    await mine('PUT', '/api/alerts/mine', wants)
    const card = cardIn(await answerTo(stack.chat, 'alerts'))
    const bo = await stack.person('bo')
    await stack.chat.asUser(bo.aadObjectId).press(card, 'stopAlerts')
    expect((await mine()).wants).toEqual(wants)
    await stack.chat.press(card, 'stopAlerts')
    expect((await mine()).wants).toBeNull()
  })

  it('rules, members and activity are served', async () => {
    const chosen = { isOn: false, severity: 'low', parameters: { points: 9, days: 3 } }
    const changed = alertRuleSchema.parse(await call('PUT', '/api/alerts/rules/score-drop', chosen))
    expect(changed).toMatchObject({ isOn: false, severity: 'low', changed: { byName: expect.stringContaining('Ada') } })
    const { rules } = listAlertRules.answer.parse(await call('GET', '/api/alerts'))
    expect(rules.find(({ id }) => id === 'score-drop')).toEqual(changed)

    const members = membersSchema.parse(await call('GET', '/api/members'))
    expect(members.notRead).toBeNull()
    expect(members.members.find(({ name }) => name.startsWith('Ada'))).toMatchObject({
      type: 'person',
      roles: expect.arrayContaining(['owner']),
    })
    expect(members.roles.find(({ role }) => role === 'owner')?.may).toHaveLength(Object.values(capabilities).length)
    expect(members.portalUrl).toMatch(/^https:\/\/entra\.microsoft\.com\/#view\/.+\/objectId\/.+\/appId\//)

    const all = listActivity.answer.parse(await call('GET', '/api/activity'))
    const titles = all.items.map(({ title }) => title)
    expect(titles).toEqual(
      expect.arrayContaining(['Alert rule changed', 'Alert messages chosen', 'Alert message delivered', 'The Aid connected']),
    )
    expect(all.items.map(({ at }) => at)).toEqual(
      all.items
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )
    const found = listActivity.answer.parse(await call('GET', '/api/activity?search=score%20drop&kind=setting'))
    expect(found.items).toMatchObject([
      { title: 'Alert rule changed', detail: expect.stringContaining('drop 9'), path: '/settings/alerts' },
    ])

    const paged: string[] = []
    let after = ''
    for (let page = 0; page < 50; page += 1) {
      const next = listActivity.answer.parse(
        await call('GET', `/api/activity?limit=2${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`),
      )
      paged.push(...next.items.map(({ place }) => place))
      if (next.next === null) break
      after = next.next
    }
    expect(paged).toEqual(all.items.map(({ place }) => place))
    await expect(call('GET', '/api/activity?after=nowhere')).rejects.toThrow('400')
  })

  it('nothing was said aloud that should not have been', () => {
    expect(stack.troubles()).toEqual([])
  })
})
