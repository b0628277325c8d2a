import { afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { declareException, listExceptions } from '../../../../core/api/exceptions.ts'
import { findingSchema, type FindingPage } from '../../../../core/api/findings.ts'
import { runHere } from '../../cli/command.ts'
import { as, by, newestScan } from '../../shared-stack.ts'
import { until } from '../../until.ts'

async function findingOf(checkId: string, api = by('ada')): Promise<FindingPage> {
  return findingSchema.parse((await api.get(`/api/findings/${checkId}`)).body)
}

/** A change that meets a judgement under way is judged right after it. */
function judgedAs(checkId: string, verdict: FindingPage['verdict']): Promise<FindingPage> {
  return until(async () => {
    const page = await findingOf(checkId)
    return page.verdict === verdict ? page : undefined
  })
}

describe('what nearly passes', () => {
  beforeAll(newestScan)
  afterEach(async () => {
    const { exceptions } = listExceptions.answer.parse((await by('ada').get('/api/exceptions')).body)
    for (const { id } of exceptions) expect((await by('ada').delete(`/api/exceptions/${id}`)).status).toBe(200)
  })

  it('is shown with names, declared in one step, judged at once, and taken back', async () => {
    const before = await judgedAs('second-factor-for-everybody', 'fail')
    expect(before).toMatchObject({
      verdict: 'fail',
      nearMiss: {
        objects: [{ kind: 'group', name: 'Emergency accounts', detail: '2 people', declareAs: 'group' }],
        changes: [],
        declaring: { isOffered: true, because: '', mayDeclare: true },
      },
    })
    expect((await findingOf('second-factor-for-everybody', by('bo'))).nearMiss?.declaring).toMatchObject({
      isOffered: true,
      mayDeclare: false,
    })
    const told = await runHere(['finding', ...as('ada'), 'second-factor-for-everybody'])
    expect(told).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/group Emergency accounts \(2 people\): countersign exceptions add --kind group/),
    })

    const [object] = before.nearMiss?.objects ?? []
    const body = { kind: object?.declareAs, objectId: object?.id, reason: 'Kept in the safe' }
    expect((await by('bo').post('/api/exceptions', body)).status).toBe(403)
    const declared = declareException.answer.parse((await by('ada').post('/api/exceptions', body)).body)
    expect(['judged', 'scanning']).toContain(declared.judged)
    const after = declared.judged === 'judged' ? findingOf('second-factor-for-everybody') : judgedAs('second-factor-for-everybody', 'pass')
    expect(await after).toMatchObject({ verdict: 'pass', nearMiss: null, state: 'closed' })
    expect((await runHere(['exceptions', 'remove', ...as('ada'), declared.id])).exitCode).toBe(0)
    expect((await judgedAs('second-factor-for-everybody', 'fail')).nearMiss).not.toBeNull()
  })

  it('says why it is not offered where too many people would go without the control', async () => {
    expect((await findingOf('legacy-authentication-blocked')).nearMiss).toMatchObject({
      objects: [expect.objectContaining({ name: 'Emergency accounts' }), expect.objectContaining({ name: 'Legacy mail devices' })],
      declaring: { isOffered: false, because: expect.stringContaining('8 people') },
    })
  })

  it('can be declared whatever a policy leaves out, names of applications and kinds of guests among it', async () => {
    for (const [kind, objectId, status] of [
      ['guestUserType', 'serviceProvider', 200],
      ['application', 'Office365', 200],
      ['application', 'All', 400],
      ['application', 'not an id', 400],
      ['group', 'Office365', 400],
    ] as const)
      expect({ objectId, status: (await by('ada').post('/api/exceptions', { kind, objectId, reason: 'As agreed' })).status }).toEqual({
        objectId,
        status,
      })
  })
})
