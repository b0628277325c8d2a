import { renderMessage } from '../text/message.ts'
import type { AffectedObject, AnyCheck, Unknown, Values, Verdict } from './check.ts'
import type { FactKey, UnreadReason } from './fact.ts'
import { derivedFactOf, factOf } from './facts.ts'

/** Sentences for a person. They are templates of the entry, filled with values of the verdict, and nothing else. */
export interface Explanation {
  readonly title: string
  readonly reason: string
  readonly objects: readonly { readonly object: AffectedObject; readonly sentence: string; readonly basis: readonly FactKey[] }[]
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
      return { title: check.title, reason: reasonText(check, outcome.reason, outcome.values, locale), objects: [], basis: outcome.basis }
    case 'fail':
    case 'warn':
      return {
        title: renderMessage(check.failTitle, outcome.values, locale),
        reason: reasonText(check, outcome.reason, outcome.values, locale),
        objects: outcome.objects.map((object) => ({
          object,
          sentence: renderMessage(check.objectReason, object.values ?? {}, locale),
          basis: object.basis,
        })),
        basis: outcome.basis,
      }
    case 'notApplicable':
    case 'manual':
      return { title: check.title, reason: reasonText(check, outcome.reason, outcome.values, locale), objects: [], basis: [] }
    case 'unknown':
      return {
        title: check.title,
        reason: renderMessage(unreadMessages[outcome.reason], { fact: factTitle(outcome.fact), detail: outcome.detail }, locale),
        objects: [],
        basis: [],
      }
  }
}

/** Title of a fact for people. */
export function factTitle(id: string): string {
  return factOf(id)?.title ?? derivedFactOf(id)?.title ?? id
}

function reasonText(check: AnyCheck, reason: string, values: Values, locale: string): string {
  const message = reason === 'licence' ? licenceMessage : check.reasons[reason]
  if (message === undefined) throw new Error(`The check ${check.id} gave the reason '${reason}', which its entry does not list.`)
  return renderMessage(message, values, locale)
}
