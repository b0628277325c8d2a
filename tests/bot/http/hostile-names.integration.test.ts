import { beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { by, scanToEnd, shareStack, stack } from '../shared-stack.ts'

shareStack()

const listed = z.object({ objects: z.array(z.object({ id: z.string() })) })
const found = z.object({ state: z.string() })
const names = [
  'a\u0000b',
  '\uD800 half',
  '\u202Egpj.exe',
  '"><img src=x onerror=alert(1)>',
  'x'.repeat(1900),
  '{count, plural, one {x}}',
  "'",
  '\\u0000',
]
const collections = ['organization', 'applications', 'servicePrincipals', 'groups', 'users', 'identity/conditionalAccess/policies']

/** What a page of the tab, the portal or a report asks for. */
const addresses = [
  ...['overview', 'findings', 'findings/objects', 'findings/csv', 'people', 'people?by=person&sort=name', 'people?search=a%20b'],
  ...['applications', 'applications?sort=name', 'applications?search=x', 'search?q=ab', 'search?q=half', 'search?q=%5Cu0000', 'changes'],
  ...['activity', 'scans', 'trend', 'receipts', 'exceptions', 'alerts', 'baselines', 'trust', 'view/posture', 'me', 'members'],
  ...['reports/json', 'reports/csv', 'reports/html', 'reports/oscal'],
]

let ids: readonly string[] = []
beforeAll(async () => {
  const { emulator } = stack()
  const changed: string[] = []
  for (const collection of collections) {
    const path = `/tenants/contoso-demo/objects/${collection}`
    const { objects } = listed.parse(await emulator.control('GET', path))
    for (const [index, { id }] of objects.slice(0, 60).entries()) {
      await emulator.control('PATCH', `${path}/${id}`, { displayName: names[index % names.length] })
      changed.push(id)
    }
  }
  ids = changed
})

describe('a tenant with hostile names', () => {
  it('is scanned to the end', async () => {
    const scan = await scanToEnd()
    expect(found.parse((await by('ada').get(`/api/scans/${scan}`)).body).state).toBe('finished')
    expect(JSON.stringify((await by('ada').get('/api/applications')).body)).toContain('onerror')
  })

  it.each(addresses)('is shown at /api/%s', async (address) => {
    expect([address, (await by('ada').get(`/api/${address}`)).status]).toEqual([address, 200])
  })

  it('is shown person by person and application by application', async () => {
    const statuses = new Set<number>()
    for (const id of ids.filter((_id, index) => index % 5 === 0))
      for (const kind of ['people', 'applications']) statuses.add((await by('ada').get(`/api/${kind}/${id}`)).status)
    expect([...statuses].filter((status) => status !== 200 && status !== 404)).toEqual([])
  })
})
