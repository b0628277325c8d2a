import type { Area, Severity } from './check.ts'

export const areaTitles = {
  applications: 'Applications',
  conditionalAccess: 'Conditional Access',
  authentication: 'Sign-in methods',
  privilegedRoles: 'Privileged roles',
  guestsAndUsers: 'Guests and users',
  devicesAndSync: 'Devices and synchronisation',
} as const satisfies Record<Area, string>

/** Weight of a check in the score: one critical check counts as much as ten low ones; `info` informs and never counts. */
export const severityWeights = { critical: 10, high: 6, medium: 3, low: 1, info: 0 } as const satisfies Record<Severity, number>

/** One value for each area. */
export function byArea<T>(of: (area: Area) => T): Record<Area, T> {
  return {
    applications: of('applications'),
    conditionalAccess: of('conditionalAccess'),
    authentication: of('authentication'),
    privilegedRoles: of('privilegedRoles'),
    guestsAndUsers: of('guestsAndUsers'),
    devicesAndSync: of('devicesAndSync'),
  }
}
