import { describe, expect, it } from '@jest/globals'
import { actions } from '../../../core/actions/catalogue.ts'
import { needsOf, startingActions } from '../../../core/actions/needs.ts'
import { scopesReport } from '../../../bot/src/cli/scopes.ts'
import { readScopes } from '../../../bot/src/identity/registrations.ts'
import { scopeFaults, scopeView, type ScopeSources } from '../../../bot/src/identity/scope-view.ts'

const enabled = startingActions(actions)
const { write, proof, roles } = needsOf(enabled)
const readNames = readScopes().map(({ scope }) => scope)
const actNames = [...write, ...proof].map(({ scope }) => scope)
const heldRoles = roles.map(({ name, templateId, actions: allowed }) => ({
  roleDefinitionId: templateId === 'custom' ? 'c' : templateId,
  name,
  isBuiltIn: templateId !== 'custom',
  actions: allowed,
  scopes: ['/'],
}))
const right: ScopeSources = {
  read: { held: [...readNames, 'openid'], granted: readNames },
  act: { held: actNames, granted: actNames },
  aid: { heldRoles },
}

describe('needed, granted and held', () => {
  it('fit each other', () => {
    const view = scopeView(enabled, right)
    expect(scopeFaults(view)).toEqual([])
    expect(view.roles.filter(({ needed, held }) => !needed || held !== true)).toEqual([])
    expect(scopesReport(view, [])).toContain('What is needed is there, and nothing more.')
  })

  it('are not known before anybody signed in', () => {
    const nothing = { held: undefined, granted: undefined }
    const view = scopeView(enabled, { read: nothing, act: nothing, aid: undefined })
    expect(scopeFaults(view)).toEqual([])
    expect(view.planes.flatMap(({ scopes }) => scopes).every(({ held, granted }) => held === null && granted === null)).toBe(true)
    expect(view.roles.every(({ held }) => held === null)).toBe(true)
  })

  it.each([
    ['a permission that is not held', { act: { held: actNames.slice(1), granted: actNames } }, `Countersign Act lacks ${actNames[0]}.`],
    ['a permission that is not granted', { act: { held: actNames, granted: actNames.slice(1) } }, `Countersign Act lacks ${actNames[0]}.`],
    [
      'a permission beyond the need',
      { act: { held: actNames, granted: [...actNames, 'Mail.ReadWrite'] } },
      'Countersign Act has Mail.ReadWrite, which nothing needs.',
    ],
    [
      'a write permission of Countersign Read',
      { read: { held: [...readNames, 'User.ReadWrite.All'], granted: undefined } },
      'Countersign Read has User.ReadWrite.All, which nothing needs.',
    ],
    ['a role that is lacking', { aid: { heldRoles: heldRoles.slice(1) } }, `The Aid lacks the role ${roles[0]?.name}.`],
    [
      'a role beyond the need',
      {
        aid: {
          heldRoles: [
            ...heldRoles,
            { ...heldRoles[0], roleDefinitionId: 'g', name: 'Global Administrator', isBuiltIn: true, actions: [], scopes: ['/'] },
          ],
        },
      },
      'The Aid holds the role Global Administrator, which nothing needs.',
    ],
  ] as const)('tell %s', (_what, changed, sentence) => {
    const view = scopeView(enabled, { ...right, ...changed })
    expect(scopeFaults(view)).toEqual([sentence])
    expect(scopesReport(view, scopeFaults(view))).toContain(`DOES NOT FIT  ${sentence}`)
  })

  it('show the rights of an action that was switched off as surplus', () => {
    const view = scopeView(
      enabled.filter(({ id }) => id !== 'remove-app-secret'),
      right,
    )
    expect(scopeFaults(view)).toEqual([
      'Countersign Act has Application.ReadWrite.All, which nothing needs.',
      'The Aid holds the role Countersign application credentials, which nothing needs.',
    ])
  })

  it('say where a role is held and where it is enough', () => {
    const [first] = scopeView(enabled, {
      ...right,
      aid: { heldRoles: heldRoles.map((role) => ({ ...role, scopes: ['/administrativeUnits/x'] })) },
    }).roles
    expect(first?.scope).toContain('held for /administrativeUnits/x')
  })
})
