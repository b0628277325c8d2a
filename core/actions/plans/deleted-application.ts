import type { PlanStep, Subject } from '../action.ts'

/** The two objects of which an application consists, each deleted and restored by itself. */
const kinds = {
  application: { list: '/applications', removed: 'Delete application', restored: 'Restore application' },
  servicePrincipal: { list: '/servicePrincipals', removed: 'Remove service principal', restored: 'Restore service principal' },
} as const

export const deletionActivities = Object.values(kinds).flatMap(({ removed, restored }) => [removed, restored])

/**
 * Deletes one of them for 30 days. Deleting an application takes its service principal along, but restoring it does not bring it back
 * (https://learn.microsoft.com/graph/api/directory-deleteditems-restore): so the service principal goes first, and comes back last.
 */
export function deletion(about: Subject & { readonly type: keyof typeof kinds }): PlanStep {
  const { list, removed, restored } = kinds[about.type]
  const path = `${list}/${about.id}`
  const read = { path: `${path}?$select=id` }
  const there = { kind: 'equals', field: 'id', value: about.id } as const
  return {
    class: 'delete',
    about,
    write: { method: 'DELETE', path, body: null },
    readBack: { read, expect: { kind: 'gone' } },
    undo: {
      write: { method: 'POST', path: `/directory/deletedItems/${about.id}/restore`, body: {} },
      readBack: { read, expect: there },
      echo: { activities: [restored], targetId: about.id },
    },
    echo: { activities: [removed], targetId: about.id },
  }
}
