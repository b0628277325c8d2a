/**
 * The real service with a hand on its throat: takes one JSON command a line on standard input. It confirms a proposal as its
 * requester would in chat and kills its own process with SIGKILL at the named point; or it carries an action out from asking to the
 * last yes, to be killed from outside; or it writes down what is stored. For kill tests alone.
 */
import { randomUUID } from 'node:crypto'
import { renameSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Principal } from '@countersign/core/principal.ts'
import { confirm, reject } from '../../../bot/src/engine/act/confirm.ts'
import type { ActDeps } from '../../../bot/src/engine/act/deps.ts'
import { cardDelivered, offerTo } from '../../../bot/src/engine/act/offer.ts'
import { propose } from '../../../bot/src/engine/act/propose.ts'
import { receiptView } from '../../../bot/src/engine/act/views.ts'
import { runService } from '../../../bot/src/main.ts'
import { listProposals } from '../../../bot/src/store/proposals.ts'
import { stepsOf } from '../../../bot/src/store/steps.ts'
import { readTx } from '../../../bot/src/store/transaction.ts'
import type { StoredReport } from './kill-load.ts'

export const killPoints = ['beforeSend', 'afterAnswer', 'beforeReadBack', 'never'] as const
const killSchema = z.object({
  proposalId: z.string(),
  tenantId: z.string(),
  personId: z.string(),
  killAt: z.enum(killPoints),
})
const carryOutSchema = z.object({ carryOut: z.string(), input: z.record(z.string(), z.unknown()), tenantId: z.string() })
const reportSchema = z.object({ report: z.string(), tenantId: z.string(), withdraw: z.boolean(), chains: z.boolean() })
const commandSchema = z.union([killSchema, carryOutSchema, reportSchema])
type Command = z.infer<typeof commandSchema>

let command: z.infer<typeof killSchema> | undefined
let act: ActDeps | undefined
const secondId = '99999999-2222-4333-8444-00000000b0b0'

function killMyself(): Promise<never> {
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => undefined)
}

function person(tenantId: string, objectId: string, displayName: string): Principal {
  return { tenantId, objectId, displayName, roles: ['owner', 'admin'], door: 'chat' }
}

/** The engine, with one more person who could be the second. */
function deps(): ActDeps {
  if (!act) throw new Error('The service has not started.')
  return { ...act, approvers: () => Promise.resolve([{ objectId: secondId, name: 'Bo', roles: ['owner', 'admin'] }]) }
}

/** Shows a person the card in their chat and has them press it. */
async function countersign(who: Principal, proposalId: string): Promise<void> {
  const chat = { conversationId: `a:${who.objectId}`, conversationType: 'personal' } as const
  const offered = await offerTo(deps(), who, proposalId, chat)
  if (offered.kind !== 'offered') throw new Error(`Not offered: ${offered.guard}.`)
  const cardActivityId = `card-${offered.offer.id}`
  await cardDelivered(deps(), who, offered.offer.id, cardActivityId)
  const answer = await confirm(deps(), who, {
    yes: { by: 'button', offerId: offered.offer.id, nonce: offered.offer.nonce, cardActivityId },
    chat,
    words: 'Countersign',
  })
  if (answer.kind === 'refused') throw new Error(`Not confirmed: ${answer.guard}.`)
}

/** From asking to the last yes; somebody else asks each time, because one person may not ask for much. */
async function carryOut({ carryOut: actionId, input, tenantId }: z.infer<typeof carryOutSchema>): Promise<void> {
  const who = person(tenantId, randomUUID(), 'Ada')
  const answer = await propose(deps(), who, { actionId, input })
  if (answer.kind === 'refused') throw new Error(`${actionId} was not proposed: ${answer.reason}.`)
  await countersign(who, answer.proposal.id)
  if (answer.proposal.approvals === 2) await countersign(person(tenantId, secondId, 'Bo'), answer.proposal.id)
}

/** Everything stored about proposals; before that, those that wait for a yes are withdrawn if so wished, and chains are verified if so wished. */
async function report({ report: file, tenantId, withdraw, chains }: z.infer<typeof reportSchema>): Promise<void> {
  const housekeeping = { tenantId, objectId: 'housekeeping' }
  const list = () => readTx(deps().store, housekeeping, (tx) => listProposals(tx, { limit: 10_000 }))
  if (withdraw)
    for (const { id, state, requestedBy } of await list())
      if (['proposed', 'offered', 'awaitingSecond'].includes(state)) await reject(deps(), person(tenantId, requestedBy, 'Ada'), id)
  const stored: StoredReport[] = []
  const options = { locale: 'en', chatUrl: 'https://chat.example', auditLogUrl: 'https://audit.example', now: Date.now() }
  for (const { id, state, actionId, receiptNumber } of await list())
    stored.push(
      await readTx(deps().store, housekeeping, async (tx) => ({
        id,
        state,
        actionId,
        receiptNumber,
        chainVerified: chains ? ((await receiptView(tx, id, options))?.chainVerified ?? null) : null,
        steps: (await stepsOf(tx, id)).map((step) => ({ state: step.state, met: step.met, clientRequestId: step.clientRequestId })),
      })),
    )
  writeFileSync(`${file}.part`, JSON.stringify(stored))
  renameSync(`${file}.part`, file)
}

function obey(line: Command): Promise<void> {
  if ('carryOut' in line) return carryOut(line)
  if ('report' in line) return report(line)
  command = line
  return countersign(person(line.tenantId, line.personId, 'Ada'), line.proposalId)
}

createInterface({ input: process.stdin }).on('line', (line) => {
  void obey(commandSchema.parse(JSON.parse(line))).catch((error: unknown) => {
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
      if (command?.killAt === name) await killMyself()
    },
  },
})
