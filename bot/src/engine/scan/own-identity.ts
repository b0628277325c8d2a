import { needsOf } from '@countersign/core/actions/needs.ts'
import type { Own } from '@countersign/core/posture/settings.ts'
import { enabledActions } from '../../store/action-switches.ts'
import { aidOf } from '../../store/aid.ts'
import type { ReadTx } from '../../store/transaction.ts'

/** Who the product itself is in this tenant, and what it needs for what is switched on; null while no Aid is connected. */
export async function ownIdentity(tx: ReadTx): Promise<Own | null> {
  const aid = await aidOf(tx)
  if (!aid?.registrations) return null
  const { read, chat, act } = aid.registrations
  const { write, proof, roles } = needsOf(await enabledActions(tx))
  return {
    aidId: aid.objectId,
    connectedAt: new Date(aid.connectedAt).toISOString(),
    readAppId: read,
    chatAppId: chat,
    actAppId: act,
    neededScopes: [...write, ...proof].map(({ scope }) => scope),
    neededRoleTemplateIds: roles.flatMap(({ templateId }) => (templateId === 'custom' ? [] : [templateId])),
    neededRoleActions: roles.flatMap(({ templateId, actions }) => (templateId === 'custom' ? actions : [])),
  }
}
