import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { peopleSchema, type PeopleView } from '../../../../core/api/people.ts'
import { runHere, type Ran } from '../../cli/command.ts'
import { as, by, stack } from '../../shared-stack.ts'

const methods = '/v1.0/reports/authenticationMethods/userRegistrationDetails'

async function people(query = ''): Promise<PeopleView> {
  return peopleSchema.parse((await by('ada').get(`/api/people${query}`)).body)
}

describe('a scan that could not read everything', () => {
  let ran: Ran
  beforeAll(async () => {
    await stack().emulator.control('PUT', '/faults', [
      { match: { method: 'GET', pathPrefix: '/v1.0/applications' }, kind: 'status', status: 403 },
      { match: { method: 'GET', pathPrefix: methods }, kind: 'refuse', refusal: 'scope' },
    ])
    ran = await runHere(['scan', ...as('ada')])
  })
  afterAll(() => stack().emulator.control('DELETE', '/faults'))

  it('countersign scan says what could not be read, and never counts it as fine', () => {
    expect(ran.exitCode).toBe(0)
    expect(ran.out).toMatch(/Could not be read:\n- /)
    const [, read, of] = /(\d+) of (\d+) checks read/.exec(ran.out) ?? []
    expect(Number(read)).toBeLessThanOrEqual(Number(of) - 2)
  })

  it('nobody is called a person without methods because of it, and the list says so aloud', async () => {
    const view = await people()
    expect(view.sources.find(({ source }) => source === 'methods')?.notKnown).not.toBeNull()
    expect(view.people.length).toBeGreaterThan(0)
    expect(view.people.every(({ methods: { strength } }) => ['notRead', 'notApplicable'].includes(strength))).toBe(true)
    expect((await people('?methods=none')).count).toBe(0)
  })
})
