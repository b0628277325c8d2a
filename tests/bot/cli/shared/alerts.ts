import { expect, it } from '@jest/globals'
import { alertRuleIds } from '../../../../core/alerts/catalogue.ts'
import { startingSubscription } from '../../../../core/alerts/subscription.ts'
import { as, by } from '../../shared-stack.ts'
import { runHere } from '../command.ts'

it('countersign alerts lists rules, subscriptions and messages', async () => {
  const ada = as('ada')
  const rules = await runHere(['alerts', ...ada])
  expect(rules.exitCode).toBe(0)
  for (const id of alertRuleIds) expect(rules.out).toContain(`${id}  on, `)
  expect(await runHere(['alerts', 'rules', ...ada])).toMatchObject({ exitCode: 0, out: rules.out })
  const eve = as('eve')
  expect(await runHere(['alerts', 'subscriptions', ...eve])).toMatchObject({ exitCode: 0, out: 'Nobody has asked for alert messages.\n' })
  expect(await runHere(['alerts', 'log', ...eve])).toMatchObject({ exitCode: 0, out: 'No alert message has been planned.\n' })
  const saved = await by('ada').put('/api/alerts/mine', startingSubscription('Europe/Zurich'))
  expect(saved.status).toBe(200)
  const listed = await runHere(['alerts', 'subscriptions', ...ada])
  expect(listed.out).toContain('at once, quiet from 20:00 to 07:00 (Europe/Zurich)')
  const json = JSON.parse((await runHere(['alerts', 'subscriptions', '--json', ...ada])).out) as unknown
  expect(json).toMatchObject({ subscriptions: [{ wants: { timeZone: 'Europe/Zurich' } }] })
})

it('who is told is not for everybody to see', async () => {
  const cleo = as('cleo')
  expect((await runHere(['alerts', ...cleo])).exitCode).toBe(0)
  expect(await runHere(['alerts', 'subscriptions', ...cleo])).toMatchObject({ exitCode: 2 })
  expect(await runHere(['alerts', 'log', ...cleo])).toMatchObject({ exitCode: 2 })
})
