import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { actions, findAction } from '@countersign/core/actions/catalogue.ts'
import { builtInRoles } from '@countersign/core/data/directory-roles.ts'
import { delegatedScopes } from '@countersign/core/data/graph-delegated-scopes.ts'
import { checks } from '@countersign/core/posture/checks.ts'
import { roles } from '@countersign/core/principal.ts'
import { sentShapes } from '../../build/action-cases.ts'
import { readText } from '../../source.ts'

const each = actions.map((action) => [action.id, action] as const)
/** Microsoft's built-in roles with what each may do, as the emulator plays them. */
const roleActions = new Map(
  z
    .array(z.object({ id: z.string(), actions: z.array(z.string()) }))
    .parse(JSON.parse(readText('emulator/data/directory-roles.json')))
    .map((role) => [role.id, role.actions]),
)
/** Where Entra lets custom roles be made of them: https://learn.microsoft.com/entra/identity/role-based-access-control/custom-available-permissions */
const customisable = /^microsoft\.directory\/(applications|deletedItems\.applications|servicePrincipals|groups|oAuth2PermissionGrants)[./]/

describe.each(each)('action %s', (id, action) => {
  it('asks for permissions that a person can grant, and for at least one that writes', () => {
    const scopes = [...action.writeScopes, ...action.proofScopes]
    expect(scopes.filter((scope) => !delegatedScopes.has(scope))).toEqual([])
    expect(action.writeScopes.some((scope) => delegatedScopes.get(scope)?.kind === 'write')).toBe(true)
    for (const list of [action.writeScopes, action.proofScopes]) expect(new Set(list).size).toBe(list.length)
  })

  it('asks for no permission to write only to prove', () => {
    const only = action.proofScopes.filter((scope) => delegatedScopes.get(scope)?.kind === 'write' && !action.writeScopes.includes(scope))
    expect(only).toEqual([])
    expect(action.proofScopes).toContain('AuditLog.Read.All')
  })

  it('names a role that exists, and of it only what it holds', () => {
    const { templateId, name, actions: needed } = action.directoryRole
    expect(needed.length).toBeGreaterThan(0)
    if (templateId === 'custom') {
      expect(needed.filter((one) => !customisable.test(one))).toEqual([])
      return
    }
    expect(builtInRoles.get(templateId)?.name).toBe(name)
    expect(needed.filter((one) => roleActions.get(templateId)?.includes(one) !== true)).toEqual([])
  })

  it('asks for exactly the inputs that it shows a person', () => {
    const schema = z.toJSONSchema(action.inputSchema, { io: 'input' })
    expect(Object.keys(schema.properties ?? {}).sort()).toEqual(action.inputs.map(({ name }) => name).sort())
    expect(schema.additionalProperties).toBe(false)
    for (const { is, choices, name } of action.inputs) {
      const property = schema.properties?.[name]
      const allowed = typeof property === 'object' ? property.enum : undefined
      if (is === 'choice') expect(Object.keys(choices ?? {}).sort()).toEqual([...(allowed ?? [])].sort())
    }
  })

  it('gives only reasons that it has a sentence for', () => {
    const given = [...readText(`core/actions/catalogue/${id}.ts`).matchAll(/(?:refuse\(|reason: )'(\w+)'/g)].map(
      ([, reason]) => reason ?? '',
    )
    expect(given.filter((reason) => !Object.hasOwn(action.reasons, reason))).toEqual([])
  })

  it('says what it is for, what a thief could do with it and who may ask', () => {
    for (const text of [action.title, action.proposalTitle, action.why, action.ifStolen, action.directoryRole.because])
      expect(text.length).toBeGreaterThan(10)
    if (!action.undo.possible) expect(action.undo.because.length).toBeGreaterThan(15)
    for (const who of [action.requesters, action.countersigners]) {
      expect(who.length).toBeGreaterThan(0)
      expect(who.filter((role) => !roles.includes(role))).toEqual([])
    }
    expect(action.preStateFields.length).toBeGreaterThan(0)
    expect(action.auditActivities.length).toBeGreaterThan(0)
  })

  it('is off until somebody wants it where two people are needed', () => {
    if (action.impact === 'high') expect(action.starts).toBe('off')
  })
})

describe('catalogue of actions', () => {
  it('tells no two actions by one title', () => {
    for (const titles of [actions.map(({ title }) => title), actions.map(({ proposalTitle }) => proposalTitle)])
      expect(new Set(titles).size).toBe(titles.length)
  })

  it('has one action for one request, but where what may be chosen differs', () => {
    expect([...sentShapes.keys()].sort()).toEqual(actions.map(({ id }) => id).sort())
    const shared = [...new Set(sentShapes.values())]
      .map((shape) => [...sentShapes.keys()].filter((id) => sentShapes.get(id) === shape).sort())
      .filter(({ length }) => length > 1)
    expect(shared.sort()).toEqual([
      ['disable-stale-guests', 'disable-user'],
      ['remove-app-secret', 'remove-oldest-secret'],
    ])
  })

  it('is where every fix of a check leads, with inputs that the action knows', () => {
    const fixes = checks.flatMap(({ id, fix }) => (fix ? [[id, fix] as const] : []))
    expect(fixes.length).toBeGreaterThan(0)
    for (const [, { action, input }] of fixes) {
      const found = findAction(action)
      expect(found).toBeDefined()
      const given = input({ type: 'user', id: '11111111-2222-4333-8444-555555555555', name: 'Erik', part: 'x', values: {}, basis: [] })
      const known = found?.inputs.map(({ name }) => name) ?? []
      expect(Object.keys(given ?? {}).filter((name) => !known.includes(name))).toEqual([])
    }
  })

  it('counts every shared piece of a plan to its version', () => {
    const text = readText('core/actions/catalogue.ts')
    for (const file of readdirSync(join(import.meta.dirname, '../../../core/actions/plans')))
      expect(text).toContain(`from './plans/${file}'`)
  })
})
