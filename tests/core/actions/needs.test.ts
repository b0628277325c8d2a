import { describe, expect, it } from '@jest/globals'
import type { Action } from '../../../core/actions/action.ts'
import { actions } from '../../../core/actions/catalogue.ts'
import { auditReader, needsOf, startingActions } from '../../../core/actions/needs.ts'
import { delegatedScopes } from '../../../core/data/graph-delegated-scopes.ts'

const names = (list: readonly { readonly scope: string }[]): readonly string[] => list.map(({ scope }) => scope)
const action = (id: string): Action => {
  const found = actions.find((known) => known.id === id)
  if (!found) throw new Error(`There is no action ${id}.`)
  return found
}

describe('what actions need', () => {
  it('is nothing to write and no role where none is switched on', () => {
    const { write, proof, roles } = needsOf([])
    expect({ write, roles }).toEqual({ write: [], roles: [] })
    expect(names(proof)).toContain('Application.Read.All')
  })

  it('names every scope once, apart from what proves it, each with its reasons', () => {
    const { write, proof, roles } = needsOf(actions)
    expect(new Set([...names(write), ...names(proof)]).size).toBe(write.length + proof.length)
    expect([...write, ...proof, ...roles].filter(({ because }) => because.length === 0)).toEqual([])
    expect(names(proof).filter((scope) => delegatedScopes.get(scope)?.kind !== 'read')).toEqual([])
    expect(roles.map(({ name }) => name)).toContain(auditReader.name)
  })

  it('loses the scope and the role of an action that is switched off', () => {
    const both = needsOf([action('disable-user'), action('remove-app-secret')])
    const one = needsOf([action('disable-user')])
    expect(names(both.write)).toContain('Application.ReadWrite.All')
    expect(names(one.write)).not.toContain('Application.ReadWrite.All')
    expect(both.roles.map(({ name }) => name).filter((name) => !one.roles.some((role) => role.name === name))).toEqual([
      action('remove-app-secret').directoryRole.name,
    ])
  })

  it('keeps what another action still needs', () => {
    const other = { ...action('disable-user'), id: 'other', title: 'Other' }
    const [scope] = needsOf([action('disable-user'), other]).write
    expect(scope?.because).toEqual([action('disable-user').title, 'Other'])
    expect(needsOf([other]).write.map(({ scope: name }) => name)).toEqual(names(needsOf([action('disable-user')]).write))
  })

  it('asks for a role where all that need it can use it', () => {
    const wide = { ...action('disable-user'), directoryRole: { ...action('disable-user').directoryRole, scope: 'tenant' as const } }
    const scopeOf = (list: readonly Action[]): string | undefined =>
      needsOf(list).roles.find(({ name }) => name === wide.directoryRole.name)?.scope
    expect(scopeOf([action('disable-user')])).toBe('administrativeUnit')
    expect(scopeOf([action('disable-user'), wide])).toBe('tenant')
  })

  it('starts with the actions that say so', () => {
    expect(startingActions(actions).map(({ id }) => id)).toEqual(actions.filter(({ starts }) => starts === 'on').map(({ id }) => id))
    expect(startingActions(actions).length).toBeGreaterThan(1)
  })
})
