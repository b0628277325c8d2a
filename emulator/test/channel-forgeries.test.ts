import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { decodeProtectedHeader } from 'jose'
import { forgeryNames } from '../channel/forge.ts'
import type { ForgeryName } from '../channel/forge.ts'
import { openChannelFixture, TENANT } from './channel-fixture.ts'
import type { ChannelFixture } from './channel-fixture.ts'

let fixture: ChannelFixture

before(async () => {
  fixture = await openChannelFixture()
})
beforeEach(() => fixture.forget())
after(() => fixture.close())

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
}

for (const name of forgeryNames) {
  test(`forgery ${name} lies in exactly the way it says`, async () => {
    await fixture.post(`/forge/${name}`, fixture.message())
    const arrived = fixture.lastAtBot()
    assert.equal(fixture.channel.ledger().at(-1)?.token, name)
    const outcome = expected[name]
    if (outcome === 'honest token') {
      await fixture.verifyAsBot(arrived)
    } else {
      await assert.rejects(fixture.verifyAsBot(arrived), outcome)
    }
  })
}

test('the three forgeries with an honest token differ in the activity', async () => {
  await fixture.post('/forge/wrongTenant', fixture.message())
  assert.notDeepEqual(fixture.lastAtBot().body['channelData'], { tenant: { id: TENANT }, source: { name: 'message' } })
  await fixture.post('/forge/missingServiceUrl', fixture.message())
  assert.equal(Object.hasOwn(fixture.lastAtBot().body, 'serviceUrl'), false)
  await fixture.post('/forge/foreignServiceUrl', fixture.message())
  assert.equal(fixture.lastAtBot().body['serviceUrl'], 'https://connector.attacker.example/')
  assert.equal(decodeProtectedHeader((fixture.lastAtBot().authorization ?? '').slice(7)).alg, 'RS256')
})
