import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { z } from 'zod';
import { startChannel } from '../channel/channel.ts';
import type { Channel } from '../channel/channel.ts';
import { forgeryNames } from '../channel/forge.ts';
import type { ForgeryName } from '../channel/forge.ts';
import { createChannelKeys, loadChannelKeys } from '../channel/keys.ts';
import { loadOrMakeCertificates } from '../server/certificates.ts';
import { listen } from '../server/listen.ts';
import type { Listener } from '../server/listen.ts';

const APP_ID = '7d0c3b1e-52a4-4d6f-9e17-0b8f1c2d3e4f';
const TENANT = 'b1f7a2d4-93c5-4e60-8a7b-6c5d4e3f2a10';
const OTHER_TENANT = 'c2a8b3e5-04d6-4f71-9b8c-7d6e5f403b21';
const PERSON = '0f1e2d3c-4b5a-4968-8776-655443322110';
const BOT_TOKEN = 'Bearer token-of-the-bot';

const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.string() });
const keysSchema = z.object({ keys: z.array(z.object({ kid: z.string(), endorsements: z.array(z.string()) })) });
const ledgerSchema = z.object({ entries: z.array(z.record(z.string(), z.unknown())) });

interface Arrived {
  readonly path: string;
  readonly method: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown>;
}

let folder: string;
let channel: Channel;
let botListener: Listener;
let chatListener: Listener;
let atBot: Arrived[] = [];
let atChat: Arrived[] = [];

/** A loopback server that keeps what arrives and gives one answer. */
async function recorder(arrived: () => Arrived[], answer: object): Promise<Listener> {
  const outcome = await listen(0, undefined, (request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    request.on('end', () => {
      const body: Record<string, unknown> = text === '' ? {} : JSON.parse(text);
      arrived().push({ path: request.url ?? '', method: request.method ?? '', authorization: request.headers.authorization, body });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.listener;
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'channel-test-'));
  const tls = await loadOrMakeCertificates(folder);
  setDefaultCACertificates([...getCACertificates('default'), tls.ca]);
  botListener = await recorder(() => atBot, { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: { type: 'AdaptiveCard' } });
  chatListener = await recorder(() => atChat, { id: 'activity-9' });
  channel = await startChannel({
    port: 0,
    chatProxyPort: 0,
    tls,
    keys: await createChannelKeys(),
    bot: { endpoint: `http://127.0.0.1:${botListener.port}/api/messages`, appId: APP_ID, tenantId: TENANT },
    verifyBotToken: (authorization) => {
      if (authorization === BOT_TOKEN) return Promise.resolve({ ok: true, appId: APP_ID });
      if (authorization === 'Bearer token-of-another-bot') return Promise.resolve({ ok: true, appId: OTHER_TENANT });
      return Promise.resolve({ ok: false, message: 'no token' });
    },
    now: Date.now,
  });
});

beforeEach(() => {
  atBot = [];
  atChat = [];
});

after(async () => {
  await channel.close();
  await botListener.close();
  await chatListener.close();
  await rm(folder, { recursive: true });
});

function message(change: object = {}): Record<string, unknown> {
  return {
    type: 'message',
    id: 'activity-1',
    text: 'help',
    channelId: 'msteams',
    serviceUrl: `http://127.0.0.1:${chatListener.port}/_connector`,
    from: { id: `29:${PERSON}`, aadObjectId: PERSON, name: 'Ada' },
    recipient: { id: `28:${APP_ID}` },
    conversation: { id: 'a:ada', conversationType: 'personal', tenantId: '00000000-0000-0000-0000-0000000000001' },
    channelData: { tenant: { id: '00000000-0000-0000-0000-0000000000001' }, source: { name: 'message' } },
    ...change,
  };
}

function post(path: string, body: unknown): Promise<Response> {
  return fetch(channel.chatProxyUrl + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

function connector(method: string, path: string, body: unknown, authorization: string | undefined = BOT_TOKEN): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(authorization === '' ? {} : { authorization }) };
  return fetch(`${channel.url}/connector${path}`, { method, headers, body: JSON.stringify(body) });
}

/** What arrived last, with the token taken apart. */
function lastAtBot(): Arrived {
  const last = atBot.at(-1);
  assert.ok(last, 'nothing arrived at the bot');
  return last;
}

/** The checks that a bot makes of a token; throws on a bad one. */
async function verifyAsBot(arrived: Arrived) {
  const metadata = await fetch(`${channel.url}/v1/.well-known/openidconfiguration`);
  const { issuer, jwks_uri: jwksUri } = metadataSchema.parse(await metadata.json());
  const { payload, protectedHeader } = await jwtVerify((arrived.authorization ?? '').replace('Bearer ', ''), createRemoteJWKSet(new URL(jwksUri)), {
    issuer,
    audience: APP_ID,
    algorithms: ['RS256'],
    clockTolerance: 300,
    requiredClaims: ['exp', 'nbf', 'serviceurl'],
  });
  const { keys } = keysSchema.parse(await (await fetch(jwksUri)).json());
  const endorsements = keys.find((key) => key.kid === protectedHeader.kid)?.endorsements ?? [];
  if (!endorsements.includes('msteams')) throw new Error('not endorsed for msteams');
  if (payload['serviceurl'] !== arrived.body['serviceUrl']) throw new Error('serviceUrl differs from the claim');
  return payload;
}

test('an activity reaches the bot signed for it, five minutes, with the channel as its service', async () => {
  const response = await post('/api/messages', message());
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: { type: 'AdaptiveCard' } });

  const arrived = lastAtBot();
  const payload = await verifyAsBot(arrived);
  assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 300);
  assert.equal(arrived.body['serviceUrl'], `${channel.url}/connector/`);
  assert.equal(arrived.body['text'], 'help');
});

test('a placeholder tenant becomes the configured one in both places, another tenant stays', async () => {
  await post('/api/messages', message());
  const { conversation, channelData } = lastAtBot().body;
  assert.deepEqual(conversation, { id: 'a:ada', conversationType: 'personal', tenantId: TENANT });
  assert.deepEqual(channelData, { tenant: { id: TENANT }, source: { name: 'message' } });

  await post('/api/messages', message({ conversation: { id: 'a:ada', tenantId: OTHER_TENANT }, channelData: { tenant: { id: OTHER_TENANT } } }));
  assert.deepEqual(lastAtBot().body['channelData'], { tenant: { id: OTHER_TENANT } });
});

test('a connector call without the bot token is refused and never reaches the chat client', async () => {
  await post('/api/messages', message());
  const path = '/v3/conversations/a%3Aada/activities';
  for (const authorization of ['', 'Bearer forged', 'Bearer token-of-another-bot']) {
    const response = await connector('POST', path, { type: 'message' }, authorization);
    assert.equal(response.status, 401);
    assert.equal(channel.ledger().at(-1)?.token, 'refused');
  }
  assert.deepEqual(atChat, []);
});

test('a connector call with the bot token goes to the chat client that owns the conversation', async () => {
  await post('/api/messages', message());
  const sent = await connector('POST', '/v3/conversations/a%3Aada/activities/activity-1', { type: 'message', text: 'hello' });
  assert.equal(sent.status, 200);
  assert.deepEqual(await sent.json(), { id: 'activity-9' });
  const updated = await connector('PUT', '/v3/conversations/a%3Aada/activities/activity-9', { type: 'message', text: 'changed' });
  assert.equal(updated.status, 200);

  assert.deepEqual(
    atChat.map(({ method, path, authorization, body }) => ({ method, path, authorization, text: body['text'] })),
    [
      { method: 'POST', path: '/_connector/v3/conversations/a%3Aada/activities/activity-1', authorization: undefined, text: 'hello' },
      { method: 'PUT', path: '/_connector/v3/conversations/a%3Aada/activities/activity-9', authorization: undefined, text: 'changed' },
    ],
  );
  assert.equal((await connector('POST', '/v3/conversations/a%3Anobody/activities', { type: 'message' })).status, 404);
});

test('a chat is opened with a person who has written before, by channel id or object id, and with nobody else', async () => {
  await post('/api/messages', message());
  for (const id of [PERSON, `29:${PERSON}`]) {
    assert.equal((await connector('POST', '/v3/conversations', { isGroup: false, members: [{ id }] })).status, 200);
    assert.deepEqual(atChat.at(-1)?.body['members'], [{ id: `29:${PERSON}` }]);
  }
  assert.equal((await connector('POST', '/v3/conversations', { members: [{ id: OTHER_TENANT }] })).status, 403);
  assert.equal((await connector('POST', '/v3/conversations', { members: [] })).status, 400);
});

test('somebody else who acts in a personal chat gains no chat of their own by it', async () => {
  await post('/api/messages', message());
  const response = await post('/api/messages', message({ from: { id: `29:${OTHER_TENANT}`, aadObjectId: OTHER_TENANT } }));
  assert.equal(response.status, 200);
  assert.equal((await connector('POST', '/v3/conversations', { members: [{ id: OTHER_TENANT }] })).status, 403);
});

test('the ledger keeps both directions and can be read over HTTP', async () => {
  await fetch(`${channel.chatProxyUrl}/ledger`, { method: 'DELETE' });
  await post('/api/messages', message({ type: 'invoke', name: 'adaptiveCard/action' }));
  await connector('POST', '/v3/conversations/a%3Aada/activities', { type: 'message' });
  const { entries } = ledgerSchema.parse(await (await fetch(`${channel.chatProxyUrl}/ledger`)).json());
  assert.deepEqual(
    entries.map(({ direction, activityType, activityName, activityId, conversationId, fromId, token, status }) => [direction, activityType, activityName, activityId, conversationId, fromId, token, status]),
    [
      ['toBot', 'invoke', 'adaptiveCard/action', 'activity-1', 'a:ada', PERSON, 'signed', 200],
      ['fromBot', 'message', null, 'activity-9', 'a:ada', null, 'bot', 200],
    ],
  );
  const first = Number(entries[0]?.['seq']);
  assert.equal(channel.ledger(first).length, 1);
});

/** What each forgery must look like to a bot: refused by the token checks, or signed well and for the bot to notice. */
const expected: Record<ForgeryName, RegExp | 'honest token'> = {
  noToken: /Invalid Compact JWS/,
  garbage: /Invalid|not valid|JSON/i,
  wrongKey: /signature verification failed/,
  unknownKey: /no applicable key/,
  algNone: /alg/i,
  expired: /"exp" claim/,
  wrongAudience: /"aud" claim/,
  wrongIssuer: /"iss" claim/,
  emulatorIssuer: /"iss" claim/,
  unendorsedChannel: /not endorsed/,
  serviceUrlMismatch: /serviceUrl differs/,
  wrongTenant: 'honest token',
  missingServiceUrl: /serviceUrl differs/,
  foreignServiceUrl: 'honest token',
};

for (const name of forgeryNames) {
  test(`forgery ${name} lies in exactly the way it says`, async () => {
    await post(`/forge/${name}`, message());
    const arrived = lastAtBot();
    assert.equal(channel.ledger().at(-1)?.token, name);
    const outcome = expected[name];
    if (outcome === 'honest token') {
      await verifyAsBot(arrived);
    } else {
      await assert.rejects(verifyAsBot(arrived), outcome);
    }
  });
}

test('the three forgeries with an honest token differ in the activity', async () => {
  await post('/forge/wrongTenant', message());
  assert.notDeepEqual(lastAtBot().body['channelData'], { tenant: { id: TENANT }, source: { name: 'message' } });
  await post('/forge/missingServiceUrl', message());
  assert.equal(Object.hasOwn(lastAtBot().body, 'serviceUrl'), false);
  await post('/forge/foreignServiceUrl', message());
  assert.equal(lastAtBot().body['serviceUrl'], 'https://connector.attacker.example/');
  assert.equal(decodeProtectedHeader((lastAtBot().authorization ?? '').slice(7)).alg, 'RS256');
});

test('bad input is answered with what is wrong', async () => {
  const refusals = [
    [await post('/api/messages', 'no activity'), 400, /not an activity/],
    [await post('/api/messages', message({ serviceUrl: 'https://elsewhere.example/' })), 400, /on this machine/],
    [await post('/forge/unheardOf', message()), 404, /wrongKey/],
    [await fetch(`${channel.chatProxyUrl}/bot`, { method: 'PUT', body: '{"endpoint":"nowhere"}' }), 400, /endpoint/],
    [await fetch(`${channel.chatProxyUrl}/bot`, { method: 'PUT', body: JSON.stringify({ endpoint: 'https://bot.example/', appId: APP_ID, tenantId: TENANT }) }), 400, /on localhost/],
  ] as const;
  for (const [response, status, text] of refusals) {
    assert.equal(response.status, status);
    assert.match(await response.text(), text);
  }
});

test('a bot that is not there is named, and the address can be set while running', async () => {
  const original = await (await fetch(`${channel.chatProxyUrl}/bot`)).json();
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const address = closed.address();
  assert.ok(address !== null && typeof address !== 'string');
  await new Promise((resolve) => closed.close(resolve));

  const bot = { endpoint: `http://127.0.0.1:${address.port}/api/messages`, appId: APP_ID, tenantId: TENANT };
  assert.equal((await fetch(`${channel.chatProxyUrl}/bot`, { method: 'PUT', body: JSON.stringify(bot) })).status, 200);
  const response = await post('/api/messages', message());
  assert.equal(response.status, 502);
  assert.match(await response.text(), /cannot be reached/);
  assert.equal(channel.ledger().at(-1)?.status, 0);
  await fetch(`${channel.chatProxyUrl}/bot`, { method: 'PUT', body: JSON.stringify(original) });
});

test('stored keys are the same after a restart', async () => {
  const file = join(folder, 'keys', 'channel.json');
  const first = await loadChannelKeys(file);
  const second = await loadChannelKeys(file);
  assert.deepEqual(second.published, first.published);
  assert.deepEqual(first.published.map((key) => key.endorsements), [['msteams'], ['webchat']]);
  assert.equal(first.published.some((key) => 'd' in key), false);
});
