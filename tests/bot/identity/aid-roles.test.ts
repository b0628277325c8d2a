import { describe, expect, it } from '@jest/globals'
import { actions as catalogue } from '../../../core/actions/catalogue.ts'
import { startingActions } from '../../../core/actions/needs.ts'
import { judgeRoles, readRoles } from '../../../bot/src/identity/aid-roles.ts'
import type { HeldRole } from '../../../bot/src/store/aid.ts'
import type { GraphPage, GraphReader, GraphRefusal } from '../../../bot/src/graph/reader.ts'

const actions = startingActions(catalogue)

const responder: HeldRole = {
  roleDefinitionId: '58f930cc-fcf4-4152-852c-1d7dbf502139',
  name: 'Entra SOC Identity Responder',
  isBuiltIn: true,
  actions: ['microsoft.directory/users/disable'],
  scopes: ['/'],
}
const reports: HeldRole = {
  roleDefinitionId: '4a5d8f65-41da-4de4-8968-e035b65339cf',
  name: 'Reports Reader',
  isBuiltIn: true,
  actions: [],
  scopes: ['/'],
}
const custom: HeldRole = {
  roleDefinitionId: 'c',
  name: 'Credentials',
  isBuiltIn: false,
  actions: ['microsoft.directory/applications/credentials/update'],
  scopes: ['/'],
}
const global: HeldRole = {
  roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10',
  name: 'Global Administrator',
  isBuiltIn: true,
  actions: [],
  scopes: ['/'],
}

describe('the Aid’s roles', () => {
  it('are right when they are what the actions need', () => {
    expect(judgeRoles([responder, reports, custom], actions)).toEqual({ surplus: [], missing: [] })
  })
  it('name what is beyond the need', () => {
    expect(judgeRoles([responder, reports, custom, global], actions).surplus).toEqual(['Global Administrator'])
    expect(judgeRoles([{ ...custom, actions: [...custom.actions, 'microsoft.directory/users/delete'] }], actions).surplus).toEqual([
      'Credentials',
    ])
  })
  it('name what is lacking', () => {
    expect(judgeRoles([], actions).missing).toEqual([
      'Countersign application credentials',
      'Entra SOC Identity Responder',
      'Reports Reader',
    ])
  })
  it('are needed no longer once their action is switched off', () => {
    const others = actions.filter(({ id }) => id !== 'remove-app-secret')
    expect(judgeRoles([responder, reports, custom], others)).toEqual({ surplus: ['Credentials'], missing: [] })
    expect(judgeRoles([responder, reports], others)).toEqual({ surplus: [], missing: [] })
  })
  it('find every role surplus where no action is enabled', () => {
    expect(judgeRoles([responder, custom], []).surplus).toEqual(['Credentials', 'Entra SOC Identity Responder'])
  })
})

const aid = '44444444-4444-4444-8444-444444444444'
const refusal: GraphRefusal = {
  kind: 'refused',
  status: 403,
  code: 'Authorization_RequestDenied',
  message: '',
  requestId: '',
  grantedScopes: [],
}

function readerOf(lists: Readonly<Record<string, readonly unknown[] | GraphRefusal>>): GraphReader {
  return {
    get: async (path) => ({
      kind: 'answer',
      requestId: '',
      body: {
        id: path.split('/').at(-1),
        displayName: `Role ${path.split('/').at(-1)}`,
        isBuiltIn: true,
        rolePermissions: [{ allowedResourceActions: ['a'] }],
      },
    }),
    async *pages(path): AsyncIterable<GraphPage> {
      const found = Object.entries(lists).find(([part]) => path.includes(part))?.[1] ?? []
      yield 'kind' in found ? found : { kind: 'page', rows: found }
    },
    batch: async () => [],
  }
}

describe('reading the Aid’s roles', () => {
  it('finds its own, those of its groups and those it could activate', async () => {
    const reader = readerOf({
      roleAssignments: [
        { roleDefinitionId: 'own', principalId: aid.toUpperCase(), principal: { '@odata.type': '#microsoft.graph.user' } },
        { roleDefinitionId: 'grouped', principalId: 'g1', principal: { '@odata.type': '#microsoft.graph.group' } },
        { roleDefinitionId: 'others', principalId: 'somebody', principal: { '@odata.type': '#microsoft.graph.user' } },
      ],
      roleEligibility: [{ roleDefinitionId: 'eligible', principalId: aid, principal: null }],
      'groups/g1': [{ id: aid }],
    })
    expect(await readRoles(reader, aid, reader)).toMatchObject({
      kind: 'roles',
      roles: [{ roleDefinitionId: 'own' }, { roleDefinitionId: 'grouped' }, { roleDefinitionId: 'eligible' }],
    })
  })
  it('does without eligibility where there is no licence for it or nobody who may read it, and only then', async () => {
    expect(await readRoles(readerOf({}), aid, readerOf({ roleEligibility: { ...refusal, code: 'AadPremiumLicenseRequired' } }))).toEqual({
      kind: 'roles',
      roles: [],
    })
    expect(await readRoles(readerOf({ roleEligibility: refusal }), aid, null)).toEqual({ kind: 'roles', roles: [] })
    expect(await readRoles(readerOf({}), aid, readerOf({ roleEligibility: refusal }))).toMatchObject({ kind: 'notRead' })
  })
  it('never takes what it could not read for none', async () => {
    expect(await readRoles(readerOf({ roleAssignments: refusal }), aid, null)).toMatchObject({ kind: 'notRead' })
    const group = [{ roleDefinitionId: 'r', principalId: 'g1', principal: { '@odata.type': '#microsoft.graph.group' } }]
    expect(await readRoles(readerOf({ roleAssignments: group, 'groups/g1': refusal }), aid, null)).toMatchObject({ kind: 'notRead' })
  })
})
