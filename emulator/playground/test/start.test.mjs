import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const START = fileURLToPath(new URL('../start.mjs', import.meta.url))
const PRELOAD = fileURLToPath(new URL('../loopback-only.cjs', import.meta.url))
const TENANT = 'b1f7a2d4-93c5-4e60-8a7b-6c5d4e3f2a10'
const ADA = '0f1e2d3c-4b5a-4968-8776-655443322110;ada@contoso.example;Ada Admin'
const BOB = '1f1e2d3c-4b5a-4968-8776-655443322111;bob@contoso.example;Bob "the: Builder"'
const GOOD = ['--tenant', TENANT, '--bot', '7d0c3b1e-52a4-4d6f-9e17-0b8f1c2d3e4f', '--me', ADA, '--port', '0']

function start(extra) {
  const child = spawn(process.execPath, [START, ...GOOD, '--until-stdin-ends', ...extra])
  const ended = new Promise((resolve) => child.once('exit', resolve))
  let complaint = ''
  child.stderr.on('data', (chunk) => (complaint += chunk))
  const ready = new Promise((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(JSON.parse(String(chunk))))
    ended.then(() => reject(new Error(complaint)))
  })
  return { child, ended, ready }
}

async function post(url, body) {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  assert.equal(answer.status, 200, await answer.clone().text())
}

test('a started chat client serves the people it was given and posts what they write', async () => {
  const arrived = []
  const endpoint = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => (text += chunk))
    request.on('end', () => {
      arrived.push(JSON.parse(text))
      response.end()
    })
  })
  await new Promise((resolve) => endpoint.listen(0, '127.0.0.1', resolve))
  const { child, ended, ready } = start(['--person', BOB, '--endpoint', `http://127.0.0.1:${endpoint.address().port}/api/messages`])
  const chat = await ready

  const { config } = await (await fetch(`${chat.url}/_internal/v1/testConfig`)).json()
  assert.equal(config.users.length, 5)
  assert.equal(config.users[0].name, 'Bob "the: Builder"')
  assert.equal(config.currentUser.aadObjectId, '0f1e2d3c-4b5a-4968-8776-655443322110')

  await post(`${chat.url}/_conversation/v1/conversations/${encodeURIComponent(chat.personalChat)}/messages`, {
    from: { id: chat.me.id },
    text: 'help',
    textFormat: 'plain',
  })
  while (arrived.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  const [{ text, from, conversation, recipient }] = arrived
  assert.deepEqual(
    { text, oid: from.aadObjectId, type: conversation.conversationType, tenant: conversation.tenantId, to: recipient.id },
    { text: 'help', oid: chat.me.aadObjectId, type: 'personal', tenant: TENANT, to: chat.bot.id },
  )

  assert.match((await fetch(chat.url)).headers.get('content-security-policy') ?? '', /^default-src 'self'/)
  child.stdin.end()
  assert.equal(await ended, 0)
  endpoint.close()
})

test('it listens on loopback only', async (context) => {
  const outer = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal)
  const { child, ended, ready } = start([])
  const { port } = new URL((await ready).url)
  if (outer === undefined) context.diagnostic('this machine has no address but loopback')
  for (const host of outer === undefined ? ['127.0.0.2'] : ['127.0.0.2', outer.address]) {
    const code = await new Promise((resolve) =>
      connect(Number(port), host, () => resolve('connected')).on('error', (error) => resolve(error.code)),
    )
    assert.equal(code, 'ECONNREFUSED', host)
  }
  child.kill('SIGTERM')
  assert.equal(await ended, 0)
})

test('nothing can leave the machine once the preload is loaded', () => {
  const tries = `
    const report = (name) => (error) => console.log(name, error.code ?? error.cause?.code);
    require('net').connect(443, '203.0.113.1').on('error', report('address'));
    require('https').get('https://telemetry.example/').on('error', report('https'));
    fetch('https://telemetry.example/').catch(report('fetch'));
    require('dns').lookup('telemetry.example', report('lookup'));
    require('dns').promises.resolve4('telemetry.example').catch(report('promise'));
    require('dns').resolve4('telemetry.example', report('resolve'));
    try { require('dgram').createSocket('udp4').send('x', 53, '203.0.113.1') } catch (error) { report('datagram')(error) }`
  const { stdout, stderr } = spawnSync(process.execPath, ['--require', PRELOAD, '--eval', tries], { encoding: 'utf8' })
  assert.deepEqual(
    stdout.trim().split('\n').sort(),
    ['address', 'datagram', 'fetch', 'https', 'lookup', 'promise', 'resolve'].map((name) => `${name} ECONNREFUSED`),
  )
  assert.match(stderr, /"refusedConnection":"telemetry\.example"/)
})

test('the reason is told when it cannot start', async () => {
  await assert.rejects(
    start(['--bot-name', 'A name that is far longer than the Playground allows']).ready,
    /ended.*\/bot\/name.*42 characters/s,
  )

  const taken = createServer()
  await new Promise((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address()
  await assert.rejects(start(['--port', String(port)]).ready, new RegExp(`Port ${port} is already in use`))
  taken.close()

  await assert.rejects(start(['--tenant', 'contoso']).ready, /--tenant must be a GUID/)
  await assert.rejects(start(['--me', 'Ada']).ready, /--me must be "object id/)
  await assert.rejects(start(['--person', ADA]).ready, /different object id/)
  await assert.rejects(
    start(
      Array.from({ length: 6 }, (_, index) => ['--person', BOB.replace('1f1e', `${index}f1e`).replace('bob', `b${index}`)])
        .flat()
        .concat('--me', ADA),
    ).ready,
    /at most 5/,
  )
  await assert.rejects(start(['--endpoint', 'https://bot.example/']).ready, /--endpoint must be a URL on localhost/)
})
