/**
 * The real service, told on standard input whom to block: `{ tenantId, userIds }`. Somebody else asks for each of them and is shown the
 * card; then all press at once. Prints `{ buttonToCard, whole }`, in milliseconds, one of each for everybody. For the benchmark alone.
 */
import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Principal } from '../../core/principal.ts'
import { movingCard } from '../../bot/src/chat/cards/offer-state.ts'
import { confirm } from '../../bot/src/engine/act/confirm.ts'
import type { ActDeps } from '../../bot/src/engine/act/deps.ts'
import { cardDelivered, offerTo, previewOf } from '../../bot/src/engine/act/offer.ts'
import { propose } from '../../bot/src/engine/act/propose.ts'
import { runService } from '../../bot/src/main.ts'
import { proposalById } from '../../bot/src/store/proposals.ts'
import { readTx } from '../../bot/src/store/transaction.ts'

const commandSchema = z.object({ tenantId: z.string(), userIds: z.array(z.string()) })
let act: ActDeps | undefined

/** Makes everything ready for one person's press. */
async function ready(deps: ActDeps, tenantId: string, userId: string): Promise<() => Promise<{ buttonToCard: number; whole: number }>> {
  const person: Principal = { tenantId, objectId: randomUUID(), displayName: 'Ada', roles: ['admin'], door: 'chat' }
  const chat = { conversationId: `a:${person.objectId}`, conversationType: 'personal' } as const
  const proposed = await propose(deps, person, { actionId: 'disable-user', input: { userId } })
  if (proposed.kind === 'refused') throw new Error(`Nothing was proposed: ${proposed.reason}.`)
  const { id } = proposed.proposal
  const offered = await offerTo(deps, person, id, chat)
  if (offered.kind === 'refused') throw new Error(`No card was shown: ${offered.guard}.`)
  const cardActivityId = `card-${offered.offer.id}`
  await cardDelivered(deps, person, offered.offer.id, cardActivityId)
  const yes = { by: 'button', offerId: offered.offer.id, nonce: offered.offer.nonce, cardActivityId } as const
  return async () => {
    const begin = performance.now()
    let done: Promise<void> | undefined
    const own: ActDeps = { ...deps, later: (work) => void (done = work()) }
    const answer = await confirm(own, person, { yes, chat, words: 'Countersign' })
    if (answer.kind === 'refused') throw new Error(`The yes was refused: ${answer.guard}.`)
    const preview = await readTx(deps.store, person, (tx) => previewOf(tx, answer.proposal))
    const view = {
      offer: answer.offer,
      proposal: answer.proposal,
      preview,
      firstBy: null,
      isNewest: true,
      echo: undefined,
      steps: [],
      seconds: [],
    }
    JSON.stringify(movingCard(view, 'https://tab.example', '29:1'))
    const buttonToCard = performance.now() - begin
    await done
    const whole = performance.now() - begin
    const end = await readTx(deps.store, person, (tx) => proposalById(tx, id))
    if (end?.state !== 'verified') throw new Error(`An action ended as ${end?.state} (${end?.endReason}).`)
    return { buttonToCard, whole }
  }
}

async function press(line: string): Promise<void> {
  if (!act) throw new Error('The service has not started.')
  const { tenantId, userIds } = commandSchema.parse(JSON.parse(line))
  const presses: Awaited<ReturnType<typeof ready>>[] = []
  for (const userId of userIds) presses.push(await ready(act, tenantId, userId))
  const times = await Promise.all(presses.map((go) => go()))
  const measured = { buttonToCard: times.map((time) => time.buttonToCard), whole: times.map(({ whole }) => whole) }
  process.stdout.write(`${JSON.stringify(measured)}\n`)
}

createInterface({ input: process.stdin }).on('line', (line) => {
  press(line).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`)
    process.exit(3)
  })
})
await runService({ acting: (deps) => void (act = deps) })
