import * as React from 'react'
import type { capabilities } from '@countersign/core/principal.ts'
import type { Me } from '@countersign/core/api/me.ts'

type MayName = keyof Me['may'] & keyof typeof capabilities
/** What opens a section, with the roles that have it: the types hold them to the table of capabilities. */
type Need = { readonly [Name in MayName]: { readonly may: Name; readonly roles: (typeof capabilities)[Name] } }[MayName]

const viewFindings = { may: 'viewFindings', roles: ['owner', 'admin', 'reviewer'] } as const satisfies Need

export interface SettingsSection {
  /** Last part of the address: /settings/<path>. */
  readonly path: string
  readonly title: string
  /** One line in the list of sections: what is chosen there. */
  readonly note: string
  readonly Section: React.LazyExoticComponent<() => React.ReactElement>
  /** What a person must be allowed to open it; nothing beyond being signed in when left out. */
  readonly needs?: Need
}

/** The sections of Settings, in the order in which they are shown. */
export const sections: readonly SettingsSection[] = [
  {
    path: 'aid',
    title: 'The Aid',
    note: 'Who carries out what people countersign',
    Section: React.lazy(async () => ({ default: (await import('./aid.tsx')).AidSection })),
  },
  {
    path: 'permissions',
    title: 'Permissions',
    note: 'What is needed, granted and held',
    Section: React.lazy(async () => ({ default: (await import('./permissions.tsx')).Permissions })),
    needs: viewFindings,
  },
  {
    path: 'scans',
    title: 'Scans',
    note: 'When scans run, and in whose name',
    Section: React.lazy(async () => ({ default: (await import('./scheduled-scans.tsx')).ScheduledScans })),
  },
  {
    path: 'members',
    title: 'Members and roles',
    note: 'Who may do what here',
    Section: React.lazy(async () => ({ default: (await import('./members.tsx')).MembersSection })),
    needs: viewFindings,
  },
  {
    path: 'alerts',
    title: 'Alerts',
    note: 'What people are told of',
    Section: React.lazy(async () => ({ default: (await import('./alerts.tsx')).AlertsSection })),
  },
  {
    path: 'exceptions',
    title: 'Exceptions',
    note: 'What is declared as wanted',
    Section: React.lazy(async () => ({ default: (await import('./exceptions.tsx')).Exceptions })),
    needs: viewFindings,
  },
  {
    path: 'suppressions',
    title: 'Suppressions',
    note: 'What stays as it is until a day',
    Section: React.lazy(async () => ({ default: (await import('./suppressions.tsx')).SuppressionsSection })),
    needs: viewFindings,
  },
  {
    path: 'baselines',
    title: 'Baselines',
    note: 'What the tenant is judged by',
    Section: React.lazy(async () => ({ default: (await import('./baselines.tsx')).BaselinesSection })),
    needs: viewFindings,
  },
  {
    path: 'activity',
    title: 'Activity',
    note: 'What happened here, and who did it',
    Section: React.lazy(async () => ({ default: (await import('./activity.tsx')).ActivitySection })),
    needs: viewFindings,
  },
]
