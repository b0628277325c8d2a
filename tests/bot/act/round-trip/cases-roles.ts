import { randomUUID } from 'node:crypto'
import { countOf, inDays, required, somebody } from './trip-case.ts'
import type { TripCase, TripTenant } from './trip-case.ts'

const assignments = 'roleManagement/directory/roleAssignments'
const active = 'roleManagement/directory/roleAssignmentScheduleInstances'
const eligible = 'roleManagement/directory/roleEligibilityScheduleInstances'
/** A role that gives little, so that the person stays within everybody's reach. */
const messageCentreReader = '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b'
const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'

async function unitOf(tenant: TripTenant): Promise<string> {
  const [unit] = await tenant.rows('administrativeUnits')
  return `/administrativeUnits/${required(unit, 'administrative unit').id}`
}

type Place = 'tenant' | 'unit'

const directoryScope = (tenant: TripTenant, place: Place) => (place === 'tenant' ? Promise.resolve('/') : unitOf(tenant))

function removeAssignment(about: string, number: number, roleDefinitionId: string, place: Place): TripCase {
  return {
    actionId: 'remove-role-assignment',
    about,
    async plant(tenant) {
      const { id: principalId } = await somebody(tenant, number)
      const holding = { principalId, roleDefinitionId, directoryScopeId: await directoryScope(tenant, place), appScopeId: null }
      const id = `trip-${number}`
      await tenant.put(assignments, { id, ...holding, condition: null })
      return { input: { assignmentId: id }, objects: [principalId], look: () => countOf(tenant, assignments, holding) }
    },
    shows: [1, 0],
    changes: [assignments],
    undo: 'asBefore',
    renewed: ['id'],
  }
}

/** What Privileged Identity Management has given, for good or for a time. */
function endSchedule(kind: 'active' | 'eligible', number: number, endsInDays: number | null, place: Place): TripCase {
  const path = kind === 'active' ? active : eligible
  return {
    actionId: `end-${kind}-role`,
    about: `${endsInDays === null ? 'for good' : 'for a time'}, ${place}`,
    async plant(tenant) {
      const { id: principalId } = await somebody(tenant, number)
      const directoryScopeId = await directoryScope(tenant, place)
      const holding = { principalId, roleDefinitionId: messageCentreReader, directoryScopeId, appScopeId: null }
      const id = `trip-${number}`
      const times = { startDateTime: inDays(-30), endDateTime: endsInDays === null ? null : inDays(endsInDays), memberType: 'Direct' }
      if (kind === 'active') {
        await tenant.put(assignments, { id, ...holding, condition: null })
        await tenant.put(path, {
          id: `${id}-1`,
          ...holding,
          ...times,
          assignmentType: 'Assigned',
          roleAssignmentOriginId: id,
          roleAssignmentScheduleId: randomUUID(),
        })
      } else await tenant.put(path, { id: `${id}-1`, ...holding, ...times, roleEligibilityScheduleId: randomUUID() })
      return {
        input: { principalId, roleDefinitionId: messageCentreReader, directoryScopeId },
        objects: [principalId],
        look: () => countOf(tenant, path, { ...holding, endDateTime: times.endDateTime }),
      }
    },
    shows: [1, 0],
    changes: kind === 'active' ? [assignments, active] : [eligible],
    undo: 'asBefore',
    renewed: ['id', 'startDateTime', 'roleAssignmentOriginId', 'roleAssignmentScheduleId', 'roleEligibilityScheduleId'],
  }
}

export const casesOfRoles: readonly TripCase[] = [
  removeAssignment('in the whole tenant', 30, messageCentreReader, 'tenant'),
  removeAssignment('in an administrative unit', 31, messageCentreReader, 'unit'),
  removeAssignment('Global Administrator', 32, globalAdministrator, 'tenant'),
  endSchedule('active', 33, 90, 'tenant'),
  endSchedule('active', 34, 90, 'unit'),
  endSchedule('eligible', 35, 90, 'tenant'),
  endSchedule('eligible', 36, null, 'tenant'),
]
