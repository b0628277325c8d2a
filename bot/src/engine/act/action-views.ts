import type { Action } from '@countersign/core/actions/action.ts'
import { actionArea } from '@countersign/core/actions/action-area.ts'
import { actions } from '@countersign/core/actions/catalogue.ts'
import type { ActionView } from '@countersign/core/api/actions.ts'
import { checks } from '@countersign/core/posture/checks.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import { actionSwitches, type ActionSwitch } from '../../store/action-switches.ts'
import { aidOf, type StoredAid } from '../../store/aid.ts'
import type { ReadTx } from '../../store/transaction.ts'
import { missingScopes } from './propose.ts'

/** The catalogue as the tenant has it. */
export async function actionViews(tx: ReadTx, locale: string): Promise<ActionView[]> {
  const aid = await aidOf(tx)
  const switches = new Map((await actionSwitches(tx)).map((decided) => [decided.actionId, decided]))
  return actions.map((action) => viewOf(action, switches.get(action.id), aid, locale))
}

function viewOf(action: Action, decided: ActionSwitch | undefined, aid: StoredAid | undefined, locale: string): ActionView {
  const { directoryRole, undo } = action
  return {
    id: action.id,
    title: action.title,
    why: action.why,
    area: actionArea(action),
    impact: action.impact,
    approvals: action.impact === 'high' ? 2 : 1,
    enabled: decided?.enabled ?? action.starts === 'on',
    switched: decided ? { by: decided.byName, at: decided.at } : null,
    licence: action.licence,
    inputs: action.inputs.map(({ name, title, is, choices }) => ({ name, title, is, ...(choices ? { choices: { ...choices } } : {}) })),
    writeScopes: [...action.writeScopes],
    proofScopes: [...action.proofScopes],
    missingScopes: [...missingScopes(action, aid?.scopes ?? [])],
    directoryRole: {
      name: directoryRole.name,
      actions: [...directoryRole.actions],
      because: directoryRole.because,
      scope: directoryRole.scope,
      held: holdsRole(directoryRole, aid),
    },
    requesters: [...action.requesters],
    countersigners: [...action.countersigners],
    undo: undo.possible
      ? { possible: true, days: undo.days, because: null }
      : { possible: false, days: null, because: renderMessage(undo.because, {}, locale) },
    auditActivities: [...action.auditActivities],
    ifStolen: action.ifStolen,
    unconfirmed: action.unconfirmed,
    mends: checks.filter(({ fix }) => fix?.action === action.id).map(({ code }) => code),
  }
}

/** By the template of a built-in role; a custom role is known by what it allows. */
function holdsRole({ templateId, actions: needed }: Action['directoryRole'], aid: StoredAid | undefined): boolean {
  if (!aid) return false
  if (templateId !== 'custom') return aid.roles.includes(templateId)
  return aid.heldRoles.some(({ isBuiltIn, actions: allowed }) => !isBuiltIn && needed.every((one) => allowed.includes(one)))
}
