import { renderMessage } from '../text/message.ts'
import type { AffectedObject, AnyCheck, NearMiss, Unknown, Values, Verdict } from './check.ts'
import type { FactKey, UnreadReason } from './fact.ts'
import { derivedFactOf, factOf } from './facts.ts'
import { kindTitle } from './near-miss.ts'
import { ownValueSentence } from './parameters/words.ts'

/** Sentences for a person. They are templates of the entry, filled with values of the verdict, and nothing else. */
export interface Explanation {
  readonly title: string
  readonly reason: string
  readonly objects: readonly { readonly object: AffectedObject; readonly sentence: string; readonly basis: readonly FactKey[] }[]
  /** The least that would make the check pass; only where a policy is near. */
  readonly nearMiss?: string
  /** What the verdict rests on. Empty where nothing was read. */
  readonly basis: readonly FactKey[]
}

/** Reason that every check with a licence may give. */
export const licenceMessage = 'This needs {licence}, which the tenant does not have.'

/** By reason; `{fact}` is the title of what was not read, `{detail}` what would mend it. */
export const unreadMessages = {
  scope: 'Not read, a permission is missing (scope): {fact}. {detail}',
  role: 'Not read, the signed-in person lacks a directory role (role): {fact}. {detail}',
  licence: 'Not read, Microsoft Graph asks for a licence (licence): {fact}. {detail}',
  graph: 'Not read, Microsoft Graph did not answer in full (graph): {fact}. {detail}',
  notYet: 'Not read yet (notYet): {fact}. {detail}',
  beta: 'Not read, Microsoft Graph offers it in beta only (beta): {fact}. {detail}',
  shape: 'Not usable, the answer is not in the documented shape (shape): {fact}. {detail}',
} as const satisfies Record<UnreadReason, string>

export function explain(check: AnyCheck, outcome: Verdict | Unknown, locale = 'en'): Explanation {
  switch (outcome.verdict) {
    case 'pass':
      return { title: check.title, reason: reasonWithOwnValues(check, outcome, locale), objects: [], basis: outcome.basis }
    case 'fail':
    case 'warn':
      return {
        title: renderMessage(check.failTitle, outcome.values, locale),
        reason: reasonWithOwnValues(check, outcome, locale),
        objects: outcome.objects.map((object) => ({
          object,
          sentence: renderMessage(check.objectReason, object.values ?? {}, locale),
          basis: object.basis,
        })),
        ...(outcome.nearMiss ? { nearMiss: nearMissText(outcome.nearMiss, locale) } : {}),
        basis: outcome.basis,
      }
    case 'notApplicable':
    case 'manual':
      return { title: check.title, reason: reasonWithOwnValues(check, outcome, locale), objects: [], basis: [] }
    case 'unknown':
      return {
        title: check.title,
        reason: renderMessage(unreadMessages[outcome.reason], { fact: factTitle(outcome.fact), detail: outcome.detail }, locale),
        objects: [],
        basis: [],
      }
  }
}

/** What would have to be done with the nearest policy, one part for each kind of change. */
const nearMissMessages = {
  whole: 'The check would pass if {changes}.',
  reportOnly: 'the policy {name} were switched from report-only to on',
  switchedOff: 'the policy {name} were switched on',
  narrowing:
    '{count, plural, one {this condition of the policy {name} were} other {these conditions of the policy {name} were}} removed: {list}',
  onlyReports: 'It only reports: switch it on.',
  isOff: 'It is switched off: switch it on.',
  isLimited:
    '{count, plural, one {Take away the condition that limits it: {list}.} other {Take away the conditions that limit it: {list}.}}',
  undeclared:
    '{count, plural, one {this exclusion of the policy {name} were declared as an exception} other {these # exclusions of the policy {name} were declared as exceptions}}: {list}',
} as const

/** What of the policy itself would have to be changed, in whole sentences. */
export function nearMissChanges({ reportOnly, switchedOff, narrowing }: NearMiss, locale = 'en'): readonly string[] {
  return [
    ...(reportOnly ? [nearMissMessages.onlyReports] : []),
    ...(switchedOff ? [nearMissMessages.isOff] : []),
    ...(narrowing.length === 0
      ? []
      : [renderMessage(nearMissMessages.isLimited, { count: narrowing.length, list: narrowing.map(conditionTitle).join(', ') }, locale)]),
  ]
}

/** A condition of a policy in the words of the Entra admin center; a condition that we do not know by its name in Graph. */
function conditionTitle(name: string): string {
  return Object.entries(conditionTitles).find(([known]) => known === name)?.[1] ?? name
}

const conditionTitles = {
  userRiskLevels: 'user risk',
  signInRiskLevels: 'sign-in risk',
  insiderRiskLevels: 'insider risk',
  servicePrincipalRiskLevels: 'risk of workload identities',
  platforms: 'device platforms',
  locations: 'locations',
  devices: 'filter for devices',
  authenticationFlows: 'authentication flows',
  clientApplications: 'workload identities',
  clientAppTypes: 'client apps',
  userActions: 'user actions',
  authenticationContexts: 'authentication contexts',
  applicationFilter: 'filter for applications',
  excludeRoles: 'excluded roles',
} as const

function nearMissText({ policyName: name, undeclared, reportOnly, switchedOff, narrowing }: NearMiss, locale: string): string {
  const part = (message: 'narrowing' | 'undeclared', list: readonly string[]): readonly string[] =>
    list.length === 0 ? [] : [renderMessage(nearMissMessages[message], { name, count: list.length, list: list.join(', ') }, locale)]
  const exclusions = undeclared.map(({ kind, id, name: known }) => (kind === 'guests' ? kindTitle(id) : `${kind} ${known}`))
  const changes = [
    ...(reportOnly ? [renderMessage(nearMissMessages.reportOnly, { name }, locale)] : []),
    ...(switchedOff ? [renderMessage(nearMissMessages.switchedOff, { name }, locale)] : []),
    ...part('narrowing', narrowing.map(conditionTitle)),
    ...part('undeclared', exclusions),
  ]
  return renderMessage(nearMissMessages.whole, { changes: changes.join('; and if ') }, locale)
}

/** Title of a fact for people. */
export function factTitle(id: string): string {
  return factOf(id)?.title ?? derivedFactOf(id)?.title ?? id
}

/** The reason, and each value of the tenant's own that it rests on with the baseline's beside it: a loosened value never hides. */
function reasonWithOwnValues(check: AnyCheck, outcome: Verdict, locale: string): string {
  const own = outcome.ownValues?.map((value) => ownValueSentence(value, locale)) ?? []
  return [reasonText(check, outcome.reason, outcome.values, locale), ...own].join(' ')
}

function reasonText(check: AnyCheck, reason: string, values: Values, locale: string): string {
  const message = reason === 'licence' ? licenceMessage : check.reasons[reason]
  if (message === undefined) throw new Error(`The check ${check.id} gave the reason '${reason}', which its entry does not list.`)
  return renderMessage(message, values, locale)
}
