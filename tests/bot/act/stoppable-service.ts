/**
 * The real service with a hand on its throat: takes one JSON command a line on standard input, confirms a proposal as its
 * requester would in chat, and kills its own process with SIGKILL at the named point. For kill tests alone.
 */
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Principal } from '@countersign/core/principal.ts'
import { confirm } from '../../../bot/src/engine/act/confirm.ts'
import type { ActDeps } from '../../../bot/src/engine/act/deps.ts'
import { cardDelivered, offerTo } from '../../../bot/src/engine/act/offer.ts'
import { runService } from '../../../bot/src/main.ts'

export const killPoints = ['beforeSend', 'afterSend', 'afterAnswer', 'beforeReadBack', 'never'] as const
const commandSchema = z.object({
  proposalId: z.string(),
  tenantId: z.string(),
  personId: z.string(),
  killAt: z.enum(killPoints),
  afterSendMs: z.number(),
})
type Command = z.infer<typeof commandSchema>

let command: Command | undefined
let act: ActDeps | undefined

function killMyself(): Promise<never> {
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => undefined)
}

async function obey({ proposalId, tenantId, personId }: Command): Promise<void> {
  if (!act) throw new Error('The service has not started.')
  const person: Principal = { tenantId, objectId: personId, displayName: 'Ada', roles: ['owner', 'admin'], door: 'chat' }
  const chat = { conversationId: `a:${personId}`, conversationType: 'personal' } as const
  const offered = await offerTo(act, person, proposalId, chat)
  if (offered.kind !== 'offered') throw new Error(`Not offered: ${offered.guard}.`)
  const cardActivityId = `card-${offered.offer.id}`
  await cardDelivered(act, person, offered.offer.id, cardActivityId)
  const answer = await confirm(act, person, {
    yes: { by: 'button', offerId: offered.offer.id, nonce: offered.offer.nonce, cardActivityId },
    chat,
    words: 'Countersign',
  })
  if (answer.kind === 'refused') throw new Error(`Not confirmed: ${answer.guard}.`)
}

createInterface({ input: process.stdin }).on('line', (line) => {
  command = commandSchema.parse(JSON.parse(line))
  void obey(command).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`)
    process.exit(3)
  })
})

await runService({
  acting: (deps) => {
    act = deps
  },
  overrides: {
    // The emulator answers at once, so that a difference need not be waited for.
    readBackWaits: [0, 200, 400],
    async checkpoint(name) {
      if (!command) return
      if (command.killAt === name) await killMyself()
      if (command.killAt === 'afterSend' && name === 'beforeSend') setTimeout(() => void killMyself(), command.afterSendMs)
    },
  },
})
