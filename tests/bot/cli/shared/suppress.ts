import { afterEach, describe, expect, it } from '@jest/globals'
import { listExceptions } from '../../../../core/api/exceptions.ts'
import { listSuppressions } from '../../../../core/api/suppressions.ts'
import { as, by } from '../../shared-stack.ts'
import { runHere } from '../command.ts'

const inAMonth = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString().slice(0, 10)
const guid = '8f1c0d3e-5a6b-4c7d-8e9f-0a1b2c3d4e5f'
const whole = ['--check', 'app-secret-expired', '--until', inAMonth, '--reason', 'Replaced next month']

/** The id with which the first line of text begins. */
function idIn(text: string): string {
  return /^[0-9a-f-]{36}/m.exec(text)?.[0] ?? ''
}

describe('countersign suppress', () => {
  afterEach(async () => {
    const { suppressions } = listSuppressions.answer.parse((await by('ada').get('/api/suppressions')).body)
    for (const { id } of suppressions)
      expect((await by('ada').post(`/api/suppressions/${id}/lift`, { reason: 'Put back' })).status).toBe(200)
  })

  it('suppresses, lists and lifts, for owners and admins', async () => {
    const added = await runHere(['suppress', 'add', ...as('bo'), ...whole])
    expect(added).toMatchObject({ exitCode: 0, out: expect.stringContaining('the whole check') })
    expect(await runHere(['suppress', ...as('ada')])).toMatchObject({ exitCode: 0, out: expect.stringContaining('Replaced next month') })
    expect(await runHere(['suppress', 'add', ...as('bo'), ...whole])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('already'),
    })
    const remove = ['suppress', 'remove', ...as('ada'), idIn(added.out), '--reason', 'Replaced today']
    expect(await runHere(remove)).toMatchObject({ exitCode: 0, out: expect.stringContaining('Replaced today') })
    expect(await runHere(remove)).toMatchObject({ exitCode: 2, err: expect.stringContaining('ended already') })
    const ended = await runHere(['suppress', '--ended', '--json', ...as('ada')])
    expect(JSON.parse(ended.out)).toMatchObject({
      suppressions: expect.arrayContaining([
        expect.objectContaining({ id: idIn(added.out), state: 'lifted', endedBecause: 'Replaced today' }),
      ]),
    })
  })

  it.each([
    [['--check', 'no-such-check', '--until', inAMonth, '--reason', 'Why not'], 'There is no check with the id no-such-check'],
    [['--check', 'app-secret-expired', '--until', '2020-01-01', '--reason', 'Why not'], 'has passed'],
    [['--check', 'app-secret-expired', '--until', '2099-01-01', '--reason', 'Why not'], 'more than 365 days'],
    [['--check', 'app-secret-expired', '--until', inAMonth, '--reason', ' '], 'must say why'],
    [[...whole, '--finding', 'app-secret-expired:x'], 'no finding with this key'],
    [['--until', inAMonth, '--reason', 'Why not'], '--check must name the check'],
  ])('%j: a sentence and exit code 2', async (words, sentence) => {
    expect(await runHere(['suppress', 'add', ...as('ada'), ...words])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining(sentence),
    })
  })

  it('is not for viewers, and only owners declare', async () => {
    expect((await runHere(['suppress', ...as('cleo')])).exitCode).toBe(2)
    expect((await runHere(['suppress', 'add', ...as('cleo'), ...whole])).exitCode).toBe(2)
    const declared = ['--kind', 'emergencyAccount', '--object', guid, '--reason', 'In the safe']
    expect((await runHere(['exceptions', 'add', ...as('bo'), ...declared])).exitCode).toBe(2)
  })
})

describe('countersign exceptions', () => {
  afterEach(async () => {
    const { exceptions } = listExceptions.answer.parse((await by('ada').get('/api/exceptions')).body)
    for (const { id } of exceptions) expect((await by('ada').delete(`/api/exceptions/${id}`)).status).toBe(200)
  })

  it('declares, lists and withdraws', async () => {
    const wanted = ['--kind', 'serviceAccount', '--object', guid, '--reason', 'Runs the payroll', '--until', inAMonth]
    const added = await runHere(['exceptions', 'add', ...as('ada'), ...wanted])
    expect(added).toMatchObject({ exitCode: 0, out: expect.stringContaining(`serviceAccount ${guid}`) })
    expect(await runHere(['exceptions', ...as('bo')])).toMatchObject({ exitCode: 0, out: expect.stringContaining(`until ${inAMonth}`) })
    const remove = ['exceptions', 'remove', ...as('ada'), idIn(added.out)]
    expect(await runHere(remove)).toMatchObject({ exitCode: 0, out: expect.stringContaining('Withdrawn') })
    expect(await runHere(['exceptions', ...as('ada')])).toMatchObject({ exitCode: 0, out: 'No exception is declared.\n' })
  })

  it.each([
    [['--kind', 'robot', '--object', guid], 'There is no kind "robot"'],
    [['--kind', 'user', '--object', 'ada'], 'must be the object id'],
    [['--kind', 'guestUserType', '--object', 'friend'], 'must be one of internalGuest'],
    [['--kind', 'user', '--object', guid, '--until', 'soon'], 'is no day or moment'],
  ])('%j: a sentence and exit code 2', async (words, sentence) => {
    const ran = await runHere(['exceptions', 'add', ...as('ada'), ...words, '--reason', 'Why not'])
    expect(ran).toMatchObject({ exitCode: 2, err: expect.stringContaining(sentence) })
  })
})
