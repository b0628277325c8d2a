import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { z } from 'zod'
import { loadChannelKeys } from '../channel/keys.ts'
import { openChannelFixture, APP_ID, OTHER_TENANT, PERSON, TENANT } from './channel-fixture.ts'
import type { ChannelFixture } from './channel-fixture.ts'

const ledgerSchema = z.object({ entries: z.array(z.record(z.string(), z.unknown())) })

let fixture: ChannelFixture

before(async () => {
  fixture = await openChannelFixture()
})
beforeEach(() => fixture.forget())
after(() => fixture.close())

test('an activity reaches the bot signed for it, five minutes, with the channel as its service', async () => {
  const response = await fixture.post('/api/messages', fixture.message())
  assert.equal(response.status, 200)
  assert.deepEqual(await response.json(), {
    statusCode: 200,
    type: 'application/vnd.microsoft.card.adaptive',
    value: { type: 'AdaptiveCard' },
  })

  const arrived = fixture.lastAtBot()
  const payload = await fixture.verifyAsBot(arrived)
  assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 300)
  assert.equal(arrived.body['serviceUrl'], `${fixture.channel.url}/connector/`)
  assert.equal(arrived.body['text'], 'help')
})

test('a placeholder tenant becomes the configured one in both places, another tenant stays', async () => {
  await fixture.post('/api/messages', fixture.message())
  const { conversation, channelData } = fixture.lastAtBot().body
  assert.deepEqual(conversation, { id: 'a:ada', conversationType: 'personal', tenantId: TENANT })
  assert.deepEqual(channelData, { tenant: { id: TENANT }, source: { name: 'message' } })

  await fixture.post(
    '/api/messages',
    fixture.message({ conversation: { id: 'a:ada', tenantId: OTHER_TENANT }, channelData: { tenant: { id: OTHER_TENANT } } }),
  )
  assert.deepEqual(fixture.lastAtBot().body['channelData'], { tenant: { id: OTHER_TENANT } })
})

test('a connector call without the bot token is refused and never reaches the chat client', async () => {
  await fixture.post('/api/messages', fixture.message())
  const path = '/v3/conversations/a%3Aada/activities'
  for (const authorization of ['', 'Bearer forged', 'Bearer token-of-another-bot']) {
    const response = await fixture.connector('POST', path, { type: 'message' }, authorization)
    assert.equal(response.status, 401)
    assert.equal(fixture.channel.ledger().at(-1)?.token, 'refused')
  }
  assert.deepEqual(fixture.atChat, [])
})

test('a connector call with the bot token goes to the chat client that owns the conversation', async () => {
  await fixture.post('/api/messages', fixture.message())
  const sent = await fixture.connector('POST', '/v3/conversations/a%3Aada/activities/activity-1', { type: 'message', text: 'hello' })
  assert.equal(sent.status, 200)
  assert.deepEqual(await sent.json(), { id: 'activity-9' })
  const updated = await fixture.connector('PUT', '/v3/conversations/a%3Aada/activities/activity-9', { type: 'message', text: 'changed' })
  assert.equal(updated.status, 200)

  assert.deepEqual(
    fixture.atChat.map(({ method, path, authorization, body }) => ({ method, path, authorization, text: body['text'] })),
    [
      { method: 'POST', path: '/_connector/v3/conversations/a%3Aada/activities/activity-1', authorization: undefined, text: 'hello' },
      { method: 'PUT', path: '/_connector/v3/conversations/a%3Aada/activities/activity-9', authorization: undefined, text: 'changed' },
    ],
  )
  assert.equal((await fixture.connector('POST', '/v3/conversations/a%3Anobody/activities', { type: 'message' })).status, 404)
})

test('a chat is opened with a person who has written before, by channel id or object id, and with nobody else', async () => {
  await fixture.post('/api/messages', fixture.message())
  for (const id of [PERSON, `29:${PERSON}`]) {
    assert.equal((await fixture.connector('POST', '/v3/conversations', { isGroup: false, members: [{ id }] })).status, 200)
    assert.deepEqual(fixture.atChat.at(-1)?.body['members'], [{ id: `29:${PERSON}` }])
  }
  assert.equal((await fixture.connector('POST', '/v3/conversations', { members: [{ id: OTHER_TENANT }] })).status, 403)
  assert.equal((await fixture.connector('POST', '/v3/conversations', { members: [] })).status, 400)
})

test('somebody else who acts in a personal chat gains no chat of their own by it', async () => {
  await fixture.post('/api/messages', fixture.message())
  const response = await fixture.post('/api/messages', fixture.message({ from: { id: `29:${OTHER_TENANT}`, aadObjectId: OTHER_TENANT } }))
  assert.equal(response.status, 200)
  assert.equal((await fixture.connector('POST', '/v3/conversations', { members: [{ id: OTHER_TENANT }] })).status, 403)
})

test('the ledger keeps both directions and can be read over HTTP', async () => {
  await fetch(`${fixture.channel.chatProxyUrl}/ledger`, { method: 'DELETE' })
  await fixture.post('/api/messages', fixture.message({ type: 'invoke', name: 'adaptiveCard/action' }))
  await fixture.connector('POST', '/v3/conversations/a%3Aada/activities', { type: 'message' })
  const { entries } = ledgerSchema.parse(await (await fetch(`${fixture.channel.chatProxyUrl}/ledger`)).json())
  assert.deepEqual(
    entries.map(({ direction, activityType, activityName, activityId, conversationId, fromId, token, status }) => [
      direction,
      activityType,
      activityName,
      activityId,
      conversationId,
      fromId,
      token,
      status,
    ]),
    [
      ['toBot', 'invoke', 'adaptiveCard/action', 'activity-1', 'a:ada', PERSON, 'signed', 200],
      ['fromBot', 'message', null, 'activity-9', 'a:ada', null, 'bot', 200],
    ],
  )
  const first = Number(entries[0]?.['seq'])
  assert.equal(fixture.channel.ledger(first).length, 1)
})

test('bad input is answered with what is wrong', async () => {
  const refusals = [
    [await fixture.post('/api/messages', 'no activity'), 400, /not an activity/],
    [await fixture.post('/api/messages', fixture.message({ serviceUrl: 'https://elsewhere.example/' })), 400, /on this machine/],
    [await fixture.post('/forge/unheardOf', fixture.message()), 404, /wrongKey/],
    [await fetch(`${fixture.channel.chatProxyUrl}/bot`, { method: 'PUT', body: '{"endpoint":"nowhere"}' }), 400, /endpoint/],
    [
      await fetch(`${fixture.channel.chatProxyUrl}/bot`, {
        method: 'PUT',
        body: JSON.stringify({ endpoint: 'https://bot.example/', appId: APP_ID, tenantId: TENANT }),
      }),
      400,
      /on localhost/,
    ],
  ] as const
  for (const [response, status, text] of refusals) {
    assert.equal(response.status, status)
    assert.match(await response.text(), text)
  }
})

test('a bot that is not there is named, and the address can be set while running', async () => {
  const original = await (await fetch(`${fixture.channel.chatProxyUrl}/bot`)).json()
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const address = closed.address()
  assert.ok(address !== null && typeof address !== 'string')
  await new Promise((resolve) => closed.close(resolve))

  const bot = { endpoint: `http://127.0.0.1:${address.port}/api/messages`, appId: APP_ID, tenantId: TENANT }
  assert.equal((await fetch(`${fixture.channel.chatProxyUrl}/bot`, { method: 'PUT', body: JSON.stringify(bot) })).status, 200)
  const response = await fixture.post('/api/messages', fixture.message())
  assert.equal(response.status, 502)
  assert.match(await response.text(), /cannot be reached/)
  assert.equal(fixture.channel.ledger().at(-1)?.status, 0)
  await fetch(`${fixture.channel.chatProxyUrl}/bot`, { method: 'PUT', body: JSON.stringify(original) })
})

test('stored keys are the same after a restart', async () => {
  const file = join(fixture.folder, 'keys', 'channel.json')
  const first = await loadChannelKeys(file)
  const second = await loadChannelKeys(file)
  assert.deepEqual(second.published, first.published)
  assert.deepEqual(
    first.published.map((key) => key.endorsements),
    [['msteams'], ['webchat']],
  )
  assert.equal(
    first.published.some((key) => 'd' in key),
    false,
  )
})
