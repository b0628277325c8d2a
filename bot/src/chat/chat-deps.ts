import { refusalSentence, refuseWith, type Refusal } from '@countersign/core/actions/refusals.ts'
import { permission, type Capability, type Principal } from '@countersign/core/principal.ts'
import { cleanName } from '@countersign/core/text/clean-name.ts'
import type { ActDeps } from '../engine/act/deps.ts'
import type { ChatPrincipalFunction } from '../identity/chat-roles.ts'
import type { Log } from '../log.ts'
import type { Channel, ChatTurn, Message } from './channel.ts'
import type { ChatMemory } from './memory.ts'

export interface ChatDeps {
  readonly channel: Channel
  readonly act: ActDeps
  readonly chatPrincipal: ChatPrincipalFunction
  readonly tenants: readonly string[]
  readonly log: Log
  /** Address of the tab, without a trailing slash; pages are below it. */
  readonly tabUrl: string
  /** Deep link to a person's 1:1 chat with the bot. */
  readonly chatUrl: string
  readonly auditLogUrl: string
  readonly memory: ChatMemory
  /** No other process writes in these chats. Where one may, nobody knows which message is the newest, and a yes needs a code. */
  readonly isAlone: boolean
}

/** The language of chat; cards must be the same bytes for everybody who may countersign them. */
export const locale = 'en'

/** Says something in the turn's conversation. */
export function say(turn: ChatTurn, message: Message): Promise<string> {
  return turn.reply(message)
}

export type Asking = { readonly kind: 'may'; readonly principal: Principal } | { readonly kind: 'mayNot'; readonly text: string }

/** The person with roles no older than 60 seconds, if they allow what is asked. Without the Aid nobody's roles can be read. */
export async function admit(deps: ChatDeps, turn: ChatTurn, needs: Capability): Promise<Asking> {
  if (deps.act.act === 'off')
    return {
      kind: 'mayNot',
      text: `Actions are switched off in this deployment, and with them the account with which I could see your role. Open Countersign: ${deps.tabUrl}`,
    }
  const aid = await deps.act.aid(turn.tenantId)
  if (aid.kind === 'notConnected')
    return {
      kind: 'mayNot',
      text: `The Aid is not connected, so I cannot see which role you hold and show nothing. An owner must connect it in Countersign, under Settings: ${deps.tabUrl}/settings`,
    }
  if (aid.kind === 'needsSignIn')
    return {
      kind: 'mayNot',
      text: `The Aid has to sign in again before I can see which role you hold. ${aid.why} An owner can do that in Countersign, under Settings: ${deps.tabUrl}/settings`,
    }
  const known = await deps.chatPrincipal(turn.tenantId, turn.person.objectId, turn.person.name)
  if (known.kind === 'notKnown')
    return { kind: 'mayNot', text: `I cannot see which role you hold in Countersign, so I show and do nothing. ${known.reason}` }
  const allowed = permission(known.principal, needs)
  if (!allowed.may) return { kind: 'mayNot', text: refusalText(refuseWith('noRole', { roles: allowed.needs.join(' or ') })) }
  return { kind: 'may', principal: known.principal }
}

export function refusalText(refusal: Refusal): string {
  const { name } = refusal.values
  return refusalSentence(
    { ...refusal, values: { ...refusal.values, ...(typeof name === 'string' ? { name: cleanName(name) } : {}) } },
    locale,
  )
}
