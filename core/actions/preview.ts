import type { Preview } from '../api/proposals.ts'
import { renderMessage } from '../text/message.ts'
import { cleanName } from '../text/clean-name.ts'
import { blastSentences } from './blast.ts'
import { findAction } from './catalogue.ts'
import type { Proposal } from './proposal.ts'

/** Names of the fields that a preview can show. */
const fieldNames: Readonly<Record<string, string>> = {
  account: 'Account',
  application: 'Application',
  applicationPermission: 'Application permission',
  certificate: 'Certificate',
  consentWorkflow: 'Requests for applications',
  delegatedPermissions: 'Delegated permissions',
  group: 'Group',
  guestInvitations: 'Who may invite guests',
  owner: 'Owners',
  password: 'Password',
  policyAsks: 'Asks for',
  policyLeavesOut: 'Leaves out',
  policyPeople: 'Holds for',
  policyState: 'Policy',
  risk: 'Risk',
  role: 'Role',
  roleEnd: 'Role ends',
  roleScope: 'Role holds for',
  secret: 'Secret',
  sessions: 'Sessions',
  signIn: 'Sign-in',
  signInMethod: 'Sign-in method',
  userConsent: 'What people may consent to',
}

/**
 * What a person is asked to countersign: a pure function of the stored proposal, used by card, tab, CLI and receipt.
 * Names of the tenant are cleaned and always stand beside object id and qualifier.
 */
export function renderPreview(proposal: Proposal, aidName: string, locale: string): Preview {
  const action = findAction(proposal.actionId)
  if (!action) throw new Error(`The action ${proposal.actionId} of proposal ${proposal.id} is not in the catalogue.`)
  const name = cleanName(proposal.subject.name)
  const values = { name, qualifier: cleanName(proposal.subject.qualifier) }
  const title = renderMessage(action.proposalTitle, values, locale)
  const objects = proposal.steps.length > 1 ? proposal.steps.map(({ about }) => about) : []
  return {
    title: proposal.undoes === null ? title : `Undo: ${title}`,
    subject: { type: proposal.subject.type, id: proposal.subject.id, name, qualifier: values.qualifier },
    changes: proposal.changes.map((change) => ({
      field: fieldNames[change.field] ?? change.field,
      before: cleanName(change.before),
      after: cleanName(change.after),
    })),
    requests: proposal.steps.map(({ write }) => `${write.method} /v1.0${write.path} ${JSON.stringify(write.body)}`),
    warnings: proposal.warnings.map((warning) =>
      renderMessage(action.reasons[warning.reason] ?? warning.reason, { ...warning.values }, locale),
    ),
    blast: proposal.blast.map(({ reason, values: told }) => renderMessage(blastSentences[reason] ?? reason, { ...told }, locale)),
    ...(proposal.acknowledged.length > 0 ? { locksOut: proposal.acknowledged.map((written) => cleanName(written)) } : {}),
    objects: objects.map((about) => ({ id: about.id, name: cleanName(about.name), qualifier: cleanName(about.qualifier) })),
    approvals: proposal.approvals,
    undo: undoSentence(action.undo, proposal, locale),
    actor: cleanName(aidName),
    impact: action.impact,
    hash: proposal.hash,
    expiresAt: proposal.expiresAt,
  }
}

type UndoRule = { readonly possible: true; readonly days: number } | { readonly possible: false; readonly because: string }

function undoSentence(undo: UndoRule, { undoes, steps }: Pick<Proposal, 'undoes' | 'steps'>, locale: string): string {
  if (undoes !== null) return 'This restores what was there before.'
  if (!undo.possible) return renderMessage(undo.because, {}, locale)
  if (steps.some((step) => step.undo === null)) return 'This cannot be undone here.'
  return renderMessage('Can be undone for {days, plural, one {# day} other {# days}}.', { days: undo.days }, locale)
}
