import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inProcessGraph } from '../graph/in-process.ts'

const base = 'https://graph.local/v1.0'

async function jsonOf(response: Response): Promise<Record<string, unknown>> {
  return JSON.parse(await response.text())
}

async function refusedWith(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return ''
}

test('a fetch for any host is answered for the person of the token', async () => {
  const graph = inProcessGraph({ tenants: ['contoso-demo', 'second'] })
  const headers = { authorization: `Bearer ${graph.token('second', 'eve@second.example')}` }
  const me = await graph.fetch(`${base}/me`, { headers })
  assert.equal(me.status, 200)
  assert.equal((await jsonOf(me))['userPrincipalName'], 'eve@second.example')
  assert.equal((await graph.fetch(`${base}/me`)).status, 401)
  const page = await jsonOf(await graph.fetch(`${base}/users?$top=3`, { headers }))
  assert.match(String(page['@odata.nextLink']), /^https:\/\/graph\.local\/v1\.0\/users\?/)
  const batch = await graph.fetch(`${base}/$batch`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ requests: [{ id: 'a', method: 'GET', url: '/domains' }] }),
  })
  assert.match(JSON.stringify(await jsonOf(batch)), /"id":"a","status":200/)
  assert.throws(() => graph.tenant('hardened'), /no tenant "hardened"/)
})

test('cut connections, cut bodies, slow bodies and given-up requests look as they do on the wire', async () => {
  const graph = inProcessGraph({ tenants: ['second'] })
  const headers = { authorization: `Bearer ${graph.token('second', 'eve@second.example')}` }
  graph.world.faults.push(
    { match: {}, times: 1, kind: 'cut' },
    { match: {}, times: 1, kind: 'cutBody' },
    { match: {}, times: 1, kind: 'slow', delayMs: 60 },
    { match: {}, times: 1, kind: 'delay', delayMs: 500 },
  )
  const get = (signal?: AbortSignal): Promise<Response> => graph.fetch(`${base}/domains`, { headers, ...(signal ? { signal } : {}) })
  assert.equal(await refusedWith(get()), 'fetch failed')
  const half = await get()
  assert.equal(half.status, 200)
  assert.equal(await refusedWith(half.text()), 'terminated')
  const before = performance.now()
  const slow = await get()
  assert.match(JSON.stringify(await jsonOf(slow)), /"id":"second.example"/)
  assert.ok(performance.now() - before >= 50)
  assert.match(await refusedWith(get(AbortSignal.timeout(20))), /timeout/)
})
