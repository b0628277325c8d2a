import { describe, expect, it } from '@jest/globals'
import { actions, findAction } from '../../../core/actions/catalogue.ts'
import { commands } from '../../../bot/src/assistant/commands.ts'
import type { SearchKind } from '../../../bot/src/assistant/commands/command.ts'
import { findObjects, type DirectoryReader } from '../../../bot/src/assistant/find-objects.ts'
import { pickLists, type PickRow } from '../../../bot/src/assistant/pick-lists.ts'

const id = (n: number): string => `${String(n).repeat(8)}-0000-4000-8000-000000000000`
const subject = { id: id(1), name: 'Payroll', details: [] }
const everything = actions.map((action) => action.id)

/** Answers each path by its beginning, and keeps what was asked. */
function readerOf(answers: Readonly<Record<string, unknown>>): { readonly reader: DirectoryReader; readonly asked: string[] } {
  const asked: string[] = []
  const reader: DirectoryReader = {
    get(path) {
      asked.push(decodeURIComponent(path))
      const found = Object.entries(answers).find(([beginning]) => path.startsWith(beginning))
      const missing = { kind: 'refused', status: 404, code: 'Request_ResourceNotFound' }
      return Promise.resolve((found ? { kind: 'answer', body: found[1] } : missing) as Awaited<ReturnType<DirectoryReader['get']>>)
    },
  }
  return { reader, asked }
}

const credentials = [
  { keyId: id(2), displayName: 'old', hint: 'abc', endDateTime: '2025-01-31T00:00:00Z' },
  { keyId: id(3), displayName: 'works', endDateTime: '2030-01-31T00:00:00Z' },
]
const role = { roleDefinitionId: id(5), directoryScopeId: '/', roleDefinition: { displayName: 'Helpdesk Administrator' } }
const answers = {
  [`/applications/${id(1)}`]: { id: id(1), passwordCredentials: credentials, keyCredentials: credentials },
  [`/servicePrincipals/${id(1)}/appRoleAssignments`]: {
    value: [{ id: 'assignment-1', appRoleId: id(6), resourceId: id(7), resourceDisplayName: 'Microsoft Graph' }],
  },
  [`/servicePrincipals/${id(1)}`]: { id: id(1), passwordCredentials: credentials },
  [`/servicePrincipals/${id(7)}`]: { displayName: 'Microsoft Graph', appRoles: [{ id: id(6), value: 'Mail.Read' }] },
  '/oauth2PermissionGrants': {
    value: [{ id: 'grant-1', consentType: 'AllPrincipals', principalId: null, resourceId: id(7), scope: ' Mail.Read ' }],
  },
  [`/users/${id(1)}/authentication/methods`]: {
    value: [
      { '@odata.type': '#microsoft.graph.passwordAuthenticationMethod', id: id(8) },
      { '@odata.type': '#microsoft.graph.phoneAuthenticationMethod', id: id(9), phoneNumber: '+358 1' },
      { '@odata.type': '#microsoft.graph.fido2AuthenticationMethod', id: '-_key=', displayName: 'Key' },
    ],
  },
  '/roleManagement/directory/roleAssignments?': {
    value: [
      { id: 'direct-1', ...role },
      { id: 'direct-2', ...role, roleDefinitionId: id(4), roleDefinition: { displayName: 'Reports Reader' } },
    ],
  },
  '/roleManagement/directory/roleAssignmentSchedules?': {
    value: [
      { id: 's1', ...role, assignmentType: 'Assigned' },
      { id: 's2', ...role, assignmentType: 'Activated', directoryScopeId: `/administrativeUnits/${id(2)}` },
    ],
  },
  '/roleManagement/directory/roleEligibilitySchedules?': {
    value: [{ id: 'e1', ...role, directoryScopeId: `/administrativeUnits/${id(2)}` }],
  },
}

async function rowsOf(list: keyof typeof pickLists, actionIds = everything): Promise<readonly PickRow[]> {
  const read = await pickLists[list](readerOf(answers).reader, { subject, actionIds, now: Date.parse('2026-11-22T00:00:00Z') })
  if (read.kind !== 'rows') throw new Error(`The list was not read: ${read.kind}.`)
  return read.rows
}

describe('lists to pick from', () => {
  it.each(Object.keys(pickLists) as (keyof typeof pickLists)[])(
    '%s: each row carries the whole input of an action of its command',
    async (list) => {
      const command = commands.find(({ picks }) => picks === list)
      const rows = await rowsOf(list)
      expect(rows.length).toBeGreaterThan(0)
      for (const { actionId, input } of rows) {
        expect(command?.actions).toContain(actionId)
        expect([actionId, findAction(actionId)?.prepare(input).kind]).toEqual([actionId, 'ready'])
        expect(Object.keys(input).toSorted()).toEqual(
          findAction(actionId)
            ?.inputs.map(({ name }) => name)
            .toSorted(),
        )
      }
    },
  )

  it('only what has expired, never the password, and nothing that works', async () => {
    for (const list of ['expiredSecrets', 'expiredCertificates', 'enterpriseSecrets'] as const)
      expect((await rowsOf(list)).map(({ name, input }) => [name, input['keyId']])).toEqual([['old', id(2)]])
    expect((await rowsOf('signInMethods')).map(({ name }) => name)).toEqual(['Phone', 'Passkey or security key'])
  })

  it('a role goes the way by which it came; what is switched off is not offered', async () => {
    expect((await rowsOf('roles')).map(({ actionId, name, details }) => [actionId, name, details[1]])).toEqual([
      ['remove-role-assignment', 'Reports Reader', 'For the whole tenant'],
      ['end-active-role', 'Helpdesk Administrator', 'For the whole tenant'],
      ['end-eligible-role', 'Helpdesk Administrator', `For /administrativeUnits/${id(2)}`],
    ])
    expect((await rowsOf('roles', ['end-eligible-role'])).map(({ actionId }) => actionId)).toEqual(['end-eligible-role'])
  })

  it('says that it could not be read rather than that there is nothing', async () => {
    const refused: DirectoryReader = {
      get: () =>
        Promise.resolve({ kind: 'refused', status: 403, code: 'Authorization_RequestDenied' } as Awaited<
          ReturnType<DirectoryReader['get']>
        >),
    }
    for (const list of Object.values(pickLists))
      expect(await list(refused, { subject, actionIds: everything, now: 0 })).toEqual({
        kind: 'unreadable',
        code: 'Authorization_RequestDenied',
      })
  })
})

describe('searches', () => {
  const kinds = ['user', 'guest', 'group', 'application', 'servicePrincipal'] as const satisfies readonly SearchKind[]

  it.each(kinds)('%s: a quote in a name ends nothing, only the needed fields are read, six at most', async (kind) => {
    const { reader, asked } = readerOf({})
    expect(await findObjects(reader, kind, "O'Neil') or startswith(displayName,'")).toEqual({ kind: 'none' })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toContain("startswith(displayName,'O''Neil'') or startswith(displayName,''')")
    expect(asked[0]).toMatch(/\$select=id,[A-Za-z,]+&\$top=6$/)
  })

  it.each([...kinds, 'policy'] as const)('%s: an object id is read as that object', async (kind) => {
    const row = { id: id(1), displayName: 'One', userPrincipalName: 'one@contoso.example', appId: id(2), state: 'enabled' }
    const { reader } = readerOf(
      Object.fromEntries(
        [`/users/${id(1)}`, `/groups/${id(1)}`, `/applications/${id(1)}`, `/servicePrincipals/${id(1)}`]
          .map((path) => [path, row] as const)
          .concat([
            ['/applications?', { value: [] } as never],
            ['/servicePrincipals?', { value: [] } as never],
            ['/identity/conditionalAccess/policies', { value: [row, { ...row, id: id(3), displayName: 'Two' }] } as never],
          ]),
      ),
    )
    expect(await findObjects(reader, kind, id(1).toUpperCase())).toMatchObject({ kind: 'one', it: { id: id(1), name: 'One' } })
  })

  it('several are five to pick from, and a word that there are more', async () => {
    const value = Array.from({ length: 6 }, (_, n) => ({ id: id(n), displayName: `A${n}`, userPrincipalName: `a${n}@contoso.example` }))
    const found = await findObjects(readerOf({ '/users': { value } }).reader, 'user', 'A')
    expect(found).toMatchObject({ kind: 'several', more: true })
    expect(found.kind === 'several' && found.rows).toHaveLength(5)
  })

  it('a guest is looked for by address and by mail, and only among guests', async () => {
    const { reader, asked } = readerOf({ '/users': { value: [] } })
    await findObjects(reader, 'guest', 'gia@tailspin.example')
    expect(asked).toHaveLength(2)
    for (const path of asked) expect(path).toContain("userType eq 'Guest' and ")
  })
})
