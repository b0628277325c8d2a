import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Action } from '@countersign/core/actions/action.ts'
import { actions } from '@countersign/core/actions/catalogue.ts'
import { auditReader, needsOf } from '@countersign/core/actions/needs.ts'
import { tripCases } from '../round-trip/cases.ts'
import type { TripCase } from '../round-trip/trip-case.ts'
import { openInProcessTenant, type GivenRole, type InProcessTenant } from './in-process-tenant.ts'
import { roundTrip, type Rights, type TripEnd } from './in-process-trip.ts'

/*
 * Each action is judged as if it were the only one that is switched on. Where several are, a wider right of one can open what a
 * narrower one of another opens; the narrower one stays all the same, so that switching an action off never asks for a new consent.
 */

let world: InProcessTenant

beforeAll(() => {
  world = openInProcessTenant()
})

const casesOf = ({ id }: Action): readonly TripCase[] => tripCases.filter(({ actionId }) => actionId === id)

/** What the action asks for itself, without what the service needs of Graph whatever is switched on. */
function ownRights(action: Action, over: 'tenant' | 'declared' = 'tenant'): Rights {
  return {
    scopes: [...new Set([...action.writeScopes, ...action.proofScopes])],
    roles: needsOf([action]).roles.map((role): GivenRole => ({ ...role, over: over === 'tenant' ? 'tenant' : role.scope })),
  }
}

/** Ends of the action's cases with these rights, by what they are about; those that were done are left out. */
async function stopped(action: Action, rights: Rights): Promise<readonly (readonly [about: string, at: string])[]> {
  const ends: (readonly [TripCase, TripEnd])[] = []
  for (const trip of casesOf(action)) ends.push([trip, await roundTrip(world, trip, rights)])
  return ends.flatMap(([{ about }, end]) => (end.kind === 'stopped' ? [[about, `${end.at}: ${end.why}`] as const] : []))
}

/** Names of what could be left away without any of the action's cases noticing. */
async function spareOf(action: Action): Promise<readonly string[]> {
  const { scopes, roles } = ownRights(action)
  const without: (readonly [name: string, rights: Rights])[] = [
    ...scopes.map((scope) => [scope, { scopes: scopes.filter((other) => other !== scope), roles }] as const),
    ...roles.map((role) => [role.name, { scopes, roles: roles.filter((other) => other !== role) }] as const),
    ...roles.flatMap((role) =>
      role.templateId === 'custom' ? role.actions.map((one) => [one, { scopes, roles: withoutAction(roles, role, one) }] as const) : [],
    ),
  ]
  const spare: string[] = []
  for (const [name, rights] of without) if ((await stopped(action, rights)).length === 0) spare.push(name)
  return spare
}

function withoutAction(roles: readonly GivenRole[], from: GivenRole, action: string): readonly GivenRole[] {
  return roles.map((role) => (role === from ? { ...role, actions: role.actions.filter((other) => other !== action) } : role))
}

/**
 * Roles whose list of actions holds the audit log too. Microsoft's page about that log names Reports Reader and not them, so they are
 * not counted upon: https://learn.microsoft.com/entra/identity/monitoring-health/concept-log-monitoring-integration-options-considerations
 */
const readLogToo = ['Security Operator', 'Cloud Application Administrator']

/** The emulator does not know a deleted account's unit any more; the entry says that no page tells whether Entra does. */
const notInUnit: Readonly<Record<string, readonly string[]>> = { 'delete-guest': ['undo: write'] }

const each = actions.map((action) => [action.id, action] as const)

describe.each(each)('%s with what it asks for', (id, action) => {
  it('goes there and back', async () => {
    expect(casesOf(action).length).toBeGreaterThan(0)
    expect(await stopped(action, ownRights(action))).toEqual([])
  })

  it('goes there and back with roles that reach no further than they have to', async () => {
    const ends = await stopped(action, ownRights(action, 'declared'))
    expect(ends.map(([, at]) => at.slice(0, at.indexOf(': {')))).toEqual(notInUnit[id] ?? [])
  })

  it('does not go there and back without any one of it', async () => {
    const readsLog = readLogToo.includes(action.directoryRole.name)
    expect(await spareOf(action)).toEqual(readsLog ? [auditReader.name] : [])
  })
})

describe('every action at once', () => {
  it('goes there and back with exactly what they need together', async () => {
    const needs = needsOf(actions)
    const rights: Rights = {
      scopes: [...needs.write, ...needs.proof].map(({ scope }) => scope),
      roles: needs.roles.map((role): GivenRole => ({ ...role, over: 'tenant' })),
    }
    for (const action of actions) expect([action.id, await stopped(action, rights)]).toEqual([action.id, []])
  })

  it('needs nothing that no action needs by itself', () => {
    const needs = needsOf(actions)
    const whatever = needsOf([]).proof.map(({ scope }) => scope)
    const own = new Set(actions.flatMap(({ writeScopes, proofScopes }) => [...writeScopes, ...proofScopes]))
    const names = [...needs.write, ...needs.proof].map(({ scope }) => scope)
    expect(names.filter((scope) => !own.has(scope) && !whatever.includes(scope))).toEqual([])
    expect(new Set(needs.roles.map(({ name }) => name))).toEqual(
      new Set([auditReader.name, ...actions.map(({ directoryRole }) => directoryRole.name)]),
    )
  })
})
