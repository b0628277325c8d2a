import { inProcessGraph, type InProcessGraph } from '../../../../emulator/graph/in-process.ts'
import { clearDirectoryRoles } from '../../../../emulator/tenants/roles.ts'
import { collection, type Tenant } from '../../../../emulator/tenants/tenant.ts'
import { makeReader, type GraphReader } from '../../../../bot/src/graph/reader.ts'
import type { GraphWrite } from '@countersign/core/actions/action.ts'
import type { NeededRole } from '@countersign/core/actions/needs.ts'
import { inOrder, type Row, type TripTenant } from '../round-trip/trip-case.ts'

export const tenantName = 'contoso-demo'
const graphOrigin = 'https://graph.microsoft.com'
const assignments = 'roleManagement/directory/roleAssignments'
const definitions = 'roleManagement/directory/roleDefinitions'

/** A role as the Aid holds it: over the whole tenant, or no further than its entry says it must reach. */
export interface GivenRole extends Pick<NeededRole, 'name' | 'templateId' | 'actions'> {
  readonly over: NeededRole['scope']
}

/** The demo tenant with Graph before it, in this process; it goes back to what it was as often as one likes. */
export interface InProcessTenant {
  readonly graph: InProcessGraph
  readonly tenant: Tenant
  readonly aidId: string
  readonly arrange: TripTenant
  /** Graph as the Aid reads it with exactly these scopes; `send` answers the status of a write. */
  readonly aidWith: (scopes: readonly string[]) => {
    readonly reader: GraphReader
    /** Marked as the writer marks it: with the proposal and an id of the request's own. */
    readonly send: (
      { method, path, body }: GraphWrite,
      mark: { readonly proposalId: string; readonly clientRequestId: string },
    ) => Promise<{ readonly status: number; readonly text: string }>
  }
  /** The Aid holds these roles and no others. */
  readonly give: (roles: readonly GivenRole[], objects: readonly string[]) => void
  readonly reset: () => void
  /** Names of the collections in which something is other than at that moment. */
  readonly changedSince: (moment: Snapshot) => readonly string[]
  readonly snapshot: () => Snapshot
}
export type Snapshot = ReadonlyMap<string, ReadonlyMap<string, Row>>

export function openInProcessTenant(): InProcessTenant {
  const graph = inProcessGraph({ tenants: [tenantName] })
  graph.world.settings.auditDelayMs = 0
  const tenant = graph.tenant(tenantName)
  const [aid] = collection(tenant, 'users').with('userPrincipalName', `aid@${tenant.domain}`)
  if (!aid) throw new Error('The tenant has no account for the Aid.')
  const snapshot = (): Snapshot => new Map([...tenant.collections].map(([path, rows]) => [path, new Map(rows)]))
  const first = snapshot()

  function readerWith(token: string): GraphReader {
    return makeReader(() => Promise.resolve({ kind: 'token', token, scopes: [] }), {
      graph: graphOrigin,
      userAgent: 'test',
      transport: (url, init) => graph.fetch(url, init),
    })
  }
  const everything = readerWith(graph.token(tenantName))

  return {
    graph,
    tenant,
    aidId: aid.id,
    snapshot,
    arrange: {
      rows: (path) => Promise.resolve(inOrder([...collection(tenant, path).values()])),
      put: (path, row) => Promise.resolve(void collection(tenant, path).set(row.id, row)),
      amend(path, id, changes) {
        const row = collection(tenant, path).get(id)
        if (!row) throw new Error(`There is no ${path} ${id}.`)
        collection(tenant, path).set(id, { ...row, ...changes, id })
        return Promise.resolve()
      },
      async read(path) {
        const answer = await everything.get(path)
        if (answer.kind !== 'answer') throw new Error(`${path} could not be read: ${JSON.stringify(answer)}`)
        return answer.body
      },
    },
    aidWith(scopes) {
      const token = graph.token(tenantName, `aid@${tenant.domain}`, scopes)
      return {
        reader: readerWith(token),
        async send({ method, path, body }, { proposalId, clientRequestId }) {
          const response = await graph.fetch(`${graphOrigin}/v1.0${path}`, {
            method,
            headers: {
              authorization: `Bearer ${token}`,
              'content-type': 'application/json',
              'client-request-id': clientRequestId,
              'user-agent': `Countersign/0.0.0 (proposal ${proposalId}; by nobody)`,
            },
            ...(method === 'DELETE' ? {} : { body: JSON.stringify(body) }),
          })
          return { status: response.status, text: await response.text() }
        },
      }
    },
    give(roles, objects) {
      clearDirectoryRoles(tenant, aid.id)
      for (const [index, role] of roles.entries()) {
        const roleDefinitionId = role.templateId === 'custom' ? customRole(tenant, role, index) : role.templateId
        for (const directoryScopeId of scopesOf(tenant, role, objects)) {
          const id = `aid-${index}${directoryScopeId}`
          collection(tenant, assignments).set(id, { id, principalId: aid.id, roleDefinitionId, directoryScopeId, appScopeId: null })
        }
      }
    },
    reset() {
      for (const [path, rows] of tenant.collections) {
        const before = first.get(path)
        for (const id of [...rows.keys()]) if (!before?.has(id)) rows.delete(id)
        for (const [id, row] of before ?? []) if (rows.get(id) !== row) rows.set(id, row)
      }
    },
    changedSince(moment) {
      const changed = [...tenant.collections].filter(([path, rows]) => {
        const before = moment.get(path) ?? new Map<string, Row>()
        return rows.size !== before.size || [...rows].some(([id, row]) => before.get(id) !== row)
      })
      return changed.map(([path]) => path).filter((path) => path !== 'auditLogs/directoryAudits')
    },
  }
}

function customRole(tenant: Tenant, { name, actions }: GivenRole, index: number): string {
  const id = `99999999-2222-4333-8444-00000000000${index}`
  collection(tenant, definitions).set(id, {
    id,
    templateId: id,
    displayName: name,
    isBuiltIn: false,
    isEnabled: true,
    resourceScopes: ['/'],
    rolePermissions: [{ allowedResourceActions: actions, condition: null }],
  })
  return id
}

/** Where an assignment of the role has to stand for it to reach these objects and no others. */
function scopesOf(tenant: Tenant, { over }: GivenRole, objects: readonly string[]): readonly string[] {
  if (over === 'tenant') return ['/']
  if (over === 'object') return objects.map((id) => `/${id}`)
  const administrativeUnitId = '99999999-2222-4333-8444-0000000000bb'
  collection(tenant, 'administrativeUnits').set(administrativeUnitId, { id: administrativeUnitId, displayName: 'Within reach' })
  for (const memberId of objects) {
    const id = `${administrativeUnitId}_${memberId}`
    collection(tenant, 'administrativeUnitMembers').set(id, { id, administrativeUnitId, memberId })
  }
  return [`/administrativeUnits/${administrativeUnitId}`]
}
