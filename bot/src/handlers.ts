import type { Action } from '@countersign/core/actions/action.ts'
import type { Config } from './config.ts'
import type { ActDeps } from './engine/act/deps.ts'
import type { FollowJob } from './engine/follow-settings.ts'
import type { ScanDependencies } from './engine/scan/scan.ts'
import type { SponsorDependencies } from './engine/sponsor.ts'
import type { Wakes } from './engine/wakes.ts'
import type { Handler } from './http/handler.ts'
import { actionRoutes } from './http/routes/actions.ts'
import { activityRoutes } from './http/routes/activity.ts'
import { aidRoutes } from './http/routes/aid.ts'
import { baselineRoutes } from './http/routes/baselines.ts'
import { alertRoutes } from './http/routes/alerts.ts'
import { changesRoutes } from './http/routes/changes.ts'
import { eventRoutes } from './http/routes/events.ts'
import { searchRoutes } from './http/routes/search.ts'
import { applicationRoutes } from './http/routes/applications.ts'
import { exceptionRoutes } from './http/routes/exceptions.ts'
import { findingObjectRoutes } from './http/routes/finding-objects.ts'
import { findingRoutes } from './http/routes/findings.ts'
import { historyRoutes } from './http/routes/history.ts'
import { meRoutes } from './http/routes/me.ts'
import { memberRoutes } from './http/routes/members.ts'
import { peopleRoutes } from './http/routes/people.ts'
import { postureRoutes } from './http/routes/posture.ts'
import { proposalRoutes, viewOptions } from './http/routes/proposals.ts'
import { receiptRoutes } from './http/routes/receipts.ts'
import { reportRoutes } from './http/routes/reports.ts'
import { savedViewRoutes } from './http/routes/saved-views.ts'
import { scanRoutes } from './http/routes/scans.ts'
import { scopeRoutes } from './http/routes/scopes.ts'
import { sponsorRoutes } from './http/routes/sponsor.ts'
import { suppressionRoutes } from './http/routes/suppressions.ts'
import { timelineRoutes } from './http/routes/timeline.ts'
import { trustRoutes } from './http/routes/trust.ts'
import type { Identity } from './identity/identity.ts'
import type { Store } from './store/database.ts'

export interface Rooms {
  readonly config: Config
  readonly store: Store
  readonly identity: Identity
  readonly act: ActDeps
  readonly scan: ScanDependencies
  readonly sponsoring: SponsorDependencies
  readonly wakes: Wakes
  readonly follow: (job: FollowJob, startAfter?: Date) => Promise<void>
  readonly enabledActions: (tenantId: string) => Promise<readonly Action[]>
  /** Where a person is sent: the chat with the bot, and the tenant's own audit log. */
  readonly places: { readonly chatUrl: string; readonly auditLogUrl: string }
  readonly now: () => number
}

/** Everything that answers below /api, each with what it needs and nothing more. */
export function allHandlers({
  config,
  store,
  identity,
  act,
  scan,
  sponsoring,
  wakes,
  follow,
  enabledActions,
  places,
  now,
}: Rooms): Handler[] {
  const { profile } = config
  const views = (locale: string): ReturnType<typeof viewOptions> => viewOptions(act, places, locale)
  return [
    ...meRoutes({ store, profile, settings: config }),
    ...postureRoutes({ store, profile, now, viewOptions: views }),
    ...scanRoutes(scan),
    ...findingRoutes({ store, profile }),
    ...findingObjectRoutes({ store, profile, now }),
    ...savedViewRoutes({ store, now }),
    ...timelineRoutes({ store, viewOptions: views }),
    ...applicationRoutes({ store, profile }),
    ...peopleRoutes({ store, profile }),
    ...historyRoutes({ store, now }),
    ...reportRoutes({ store }),
    ...changesRoutes({ store }),
    ...sponsorRoutes(sponsoring),
    ...trustRoutes({ store, profile, now }),
    ...searchRoutes({ store }),
    ...eventRoutes({ store, wakes }),
    ...aidRoutes({ identity }),
    ...exceptionRoutes({ store, now, follow }),
    ...suppressionRoutes({ store, now, follow }),
    ...baselineRoutes({ store, now, follow }),
    ...activityRoutes({ store }),
    ...alertRoutes({ store, chatUrl: config.chatUrl, now }),
    ...memberRoutes({ identity, readAppId: config.read.appId }),
    ...scopeRoutes({ store, settings: config, enabledActions }),
    ...actionRoutes(act, places),
    ...proposalRoutes(act, places),
    ...receiptRoutes(act, places),
  ]
}
