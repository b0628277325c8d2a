import { beforeAll, describe, expect, it } from '@jest/globals'
import { setTimeout as wait } from 'node:timers/promises'
import { changesSchema, type Changes } from '../../../../core/api/changes.ts'
import { findingSchema } from '../../../../core/api/findings.ts'
import { problemSchema } from '../../../../core/api/problem.ts'
import { tokensFor } from '../../../../tools/stack/tokens.ts'
import { ids, tenantNamed } from '../../service.ts'
import { addressOf, allScans, by, consentAgain, newestScan, scanToEnd, stack } from '../../shared-stack.ts'
import { until } from '../../until.ts'

const portal = 'c0de0000-0000-4000-8000-0000000000f1'

// Before the first scan of the file, because this too would be a change.
beforeAll(async () => {
  const { emulator } = stack()
  await emulator.control('PUT', '/tenants/contoso-demo/registrations', {
    application: { appId: portal, displayName: 'Portal', publicClient: { redirectUris: [`${emulator.ready.control}/health`] } },
    secrets: [],
    consent: { '00000003-0000-0000-c000-000000000000': ['User.Read', 'Application.ReadWrite.All'] },
    assignments: [],
  })
})

/** Deletes an expired secret in the tenant, as a person does in the portal; answers the application's id. */
async function removeSecret(): Promise<{ readonly objectId: string; readonly findingKey: string }> {
  const { emulator } = stack()
  const page = findingSchema.parse((await by('ada').get('/api/findings/app-secret-expired')).body)
  const object = page.affected.find(({ type, state }) => type === 'application' && state === 'open')
  if (!object) throw new Error('No application keeps an expired secret.')
  const { accessToken } = await tokensFor(emulator, tenantNamed(emulator, 'contoso-demo').id, addressOf(emulator, 'ada'), {
    client: portal,
    scope: 'https://graph.microsoft.com/Application.ReadWrite.All',
  })
  const answer = await fetch(`${emulator.ready.graph}/v1.0/applications/${object.objectId}/removePassword`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ keyId: object.part }),
  })
  expect([answer.status, await answer.text()]).toEqual([204, ''])
  // As long as the emulator's audit log keeps a row back, and a little more.
  await wait(500)
  return object
}

async function changes(query = ''): Promise<Changes> {
  return changesSchema.parse((await by('ada').get(`/api/changes${query}`)).body)
}

/** What is told of one finding, once the audit log has been asked. */
async function told(findingKey: string): Promise<Changes['checks'][number]['objects'][number]> {
  return until(async () => {
    const object = (await changes()).checks.flatMap(({ objects }) => objects).find((one) => one.findingKey === findingKey)
    return object && object.changedBy.state !== 'notLooked' ? object : undefined
  }, 250)
}

describe('what changed', () => {
  beforeAll(newestScan)

  it('has nothing to tell before the second scan, and says so', async () => {
    // When this is tried again, there may be more.
    if (allScans().length <= 1)
      expect(await changes()).toMatchObject({
        before: null,
        after: { id: await newestScan() },
        sentence: expect.stringContaining('one result so far'),
      })
  })

  it('names the finding that went, the property that changed and the person who changed it', async () => {
    // What it is compared with read everything, also when this is tried again.
    if (allScans().length > 1) await scanToEnd()
    const { emulator } = stack()
    const { findingKey, objectId } = await removeSecret()
    await scanToEnd()
    const object = await told(findingKey)
    expect(object).toMatchObject({ kind: 'fixed', type: 'application', objectId, after: null, moreFacts: 0 })
    expect(object.facts).toMatchObject([
      { fact: 'applications', key: objectId, kind: 'changed', properties: [{ name: 'passwordCredentials' }] },
    ])
    expect(object.changedBy).toMatchObject({ state: 'found', rows: [{ actor: { type: 'user', name: addressOf(emulator, 'ada') } }, {}] })
    expect(object.changedBy.sentence).toMatch(new RegExp(`^${addressOf(emulator, 'ada')} \\(Update application`))
    const all = await changes()
    // Other checks may be about the same secret; nothing else changed.
    expect(all.counts).toMatchObject({ new: 0, returned: 0, worse: 0, notComparable: 0 })
    const shown = all.checks.flatMap(({ objects }) => objects)
    expect(shown.flatMap((one) => (one.kind === 'fixed' && one.objectId !== objectId ? [one] : []))).toEqual([])
    // When this is tried again another secret is gone, and without it something else may be less grave.
    if (allScans().length === 2) expect(shown.filter(({ kind }) => kind !== 'fixed')).toEqual([])
    expect(all.checks.find(({ checkId }) => checkId === 'app-secret-expired')?.objects).toHaveLength(1)
    expect(all.areas.filter(({ area, change }) => area !== 'applications' && change !== null && change !== 0)).toEqual([])
    // The same question gets the same bytes.
    expect(await changes()).toEqual(all)
    expect((await changes(`?from=${allScans().at(-1)}&to=${allScans().at(-2)}`)).counts).toMatchObject({ new: all.counts.fixed, fixed: 0 })
    expect((await changes(`?from=${allScans().at(-1)}&to=${allScans().at(-1)}`)).checks).toEqual([])
  })

  it('says that the audit log may not be read, and what is missing', async () => {
    await stack().emulator.control('DELETE', `/tenants/contoso-demo/consent/${ids.read}?scope=AuditLog.Read.All`)
    const { changedBy } = await (async () => {
      const { findingKey } = await removeSecret()
      await scanToEnd()
      return told(findingKey)
    })().finally(() => consentAgain())
    // Two secrets gone move the area, however little one of them weighs.
    const both = await changes(`?from=${allScans()[0]}&to=${allScans().at(-1)}`)
    expect(both.areas.find(({ area }) => area === 'applications')?.change).toBeGreaterThan(0)
    expect(both.score.change).toBeGreaterThanOrEqual(0)
    expect(changedBy).toMatchObject({
      state: 'notReadable',
      rows: [],
      sentence: expect.stringContaining('the permission AuditLog.Read.All'),
    })
  })

  it('finds a result by day, and says clearly what it cannot find', async () => {
    const today = new Date().toISOString().slice(0, 10)
    expect((await changes(`?from=${allScans()[0]}&to=${today}`)).after?.id).toBe(allScans().at(-1))
    for (const [query, status, words] of [
      ['from=2020-01-01', 404, 'no result up to 2020-01-01'],
      ['from=11111111-1111-4111-8111-111111111111', 404, 'does not exist in your tenant'],
      ['from=yesterday', 400, 'not have the shape'],
    ] as const) {
      const answer = await by('ada').get(`/api/changes?${query}`)
      expect([query, answer.status, problemSchema.parse(answer.body).detail]).toEqual([query, status, expect.stringContaining(words)])
    }
  })
})
