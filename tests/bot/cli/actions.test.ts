import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { actions } from '../../../core/actions/catalogue.ts'
import { lineOf } from '../../../bot/src/cli/actions.ts'
import { runHere } from './command.ts'

describe('countersign actions', () => {
  it('lists the whole catalogue without a service', async () => {
    const { exitCode, out, err } = await runHere(['actions', '--json'])
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' })
    const { actions: lines } = z
      .object({ actions: z.array(z.looseObject({ id: z.string(), ifStolen: z.string().min(1) })) })
      .parse(JSON.parse(out))
    expect(lines.map(({ id }) => id)).toEqual(actions.map(({ id }) => id))
    expect(lines.filter((line) => 'enabled' in line)).toEqual([])
  })

  it('says of each one what a person decides by', async () => {
    const { out } = await runHere(['actions'])
    for (const { id, title, directoryRole, ifStolen, writeScopes } of actions)
      for (const text of [`${id}: ${title}`, directoryRole.name, ifStolen, ...writeScopes]) expect(out).toContain(text)
    expect(out).toContain('offered for 30 days')
    expect(out).toContain('none: ')
    expect(out).toContain('one person countersigns')
  })

  it('adds what the tenant has switched on, and what the Aid lacks for it', () => {
    const [action] = actions
    if (!action) throw new Error('The catalogue is empty.')
    const { directoryRole } = action
    const view = {
      ...lineOf(action, undefined),
      why: '',
      area: 'people' as const,
      enabled: true,
      switched: null,
      inputs: [],
      writeScopes: [],
      proofScopes: [],
      missingScopes: ['User.Read.All'],
      directoryRole: { ...directoryRole, actions: [], held: false },
      requesters: [],
      countersigners: [],
      undo: { possible: false, days: null, because: null },
      auditActivities: [],
      mends: [],
    }
    expect(lineOf(action, view)).toMatchObject({ enabled: true, missing: ['User.Read.All', directoryRole.name] })
    expect(lineOf(action, { ...view, missingScopes: [], directoryRole: { ...view.directoryRole, held: true } })).toMatchObject({
      missing: [],
    })
  })

  it('ends with a sentence where the service cannot be reached', async () => {
    const { exitCode, out, err } = await runHere(['actions', '--service', 'http://localhost:9'])
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain('countersign actions: ')
  })
})
