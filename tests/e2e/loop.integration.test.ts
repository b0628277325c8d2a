import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { receiptFileSchema } from '@countersign/core/actions/journal.ts'
import { findingSchema, listFindings } from '@countersign/core/api/findings.ts'
import { overviewSchema, scanSchema, type Overview } from '@countersign/core/api/posture.ts'
import { listReceipts, proposalSchema, receiptSchema, type Receipt } from '@countersign/core/api/proposals.ts'
import { callService, signIn } from '../../tools/stack/connect-aid.ts'
import type { Person } from '../../tools/stack/person.ts'
import type { Card } from './chat-cards.ts'
import { connectChat, type ChatClient } from './chat-client.ts'
import type { ChatMessage } from './chat-transcript.ts'
import { startLoopStack, tenant, type LoopStack } from './loop-stack.ts'

const countersign = join(import.meta.dirname, '..', '..', 'tools', 'countersign.mjs')
const checkId = 'app-secret-expired'

let stack: LoopStack
let chat: ChatClient
let ada: Person
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cs-receipts-'))
  stack = await startLoopStack()
  chat = await connectChat(stack.chatClient.ready, stack.emulator.ready.chatProxy)
  ada = await signIn(stack.origin, `ada@${stack.domain}`)
  await chat.install()
  await chat.waitFor(({ cards }) => cards.length > 0)
})
afterAll(async () => {
  chat?.close()
  await stack?.stop()
  await rm(folder, { recursive: true, force: true })
})

function call(method: string, path: string, body?: unknown): Promise<unknown> {
  return callService(ada, stack.origin, method, path, body)
}

/** Scans as Ada and gives the overview after it. */
async function scan(): Promise<Overview> {
  const { id } = scanSchema.parse(await call('POST', '/api/scans', {}))
  for (;;) {
    const { state, problem } = scanSchema.parse(await call('GET', `/api/scans/${id}`))
    if (state === 'finished') return overviewSchema.parse(await call('GET', '/api/overview'))
    if (state === 'failed' || state === 'stopped') throw new Error(`The scan ended ${state}: ${problem ?? ''}`)
    await wait(100)
  }
}

async function finding(): Promise<ReturnType<typeof findingSchema.parse>> {
  return findingSchema.parse(await call('GET', `/api/findings/${checkId}`))
}

/** The receipt, once its audit row was found. */
async function matchedReceipt(proposalId: string): Promise<Receipt> {
  for (;;) {
    const receipt = receiptSchema.parse(await call('GET', `/api/receipts/${proposalId}`))
    if (receipt.echo.state === 'found') return receipt
    await wait(100)
  }
}

/** Number of the newest receipt: a second attempt begins where the first has ended. */
async function newestReceipt(): Promise<number> {
  const { receipts } = listReceipts.answer.parse(await call('GET', '/api/receipts'))
  return Math.max(0, ...receipts.map(({ receiptNumber }) => receiptNumber))
}

function receiptName(number: number): string {
  return `R-${String(number).padStart(4, '0')}`
}

function cardIn(message: ChatMessage): Card {
  const [card] = message.cards
  if (!card) throw new Error(`The message has no card: ${message.text}`)
  return card
}

function isOffer(message: ChatMessage): boolean {
  return message.cards.some(({ buttons }) => buttons.some(({ verb }) => verb === 'countersign'))
}

/** Waits until this very message's card says so, and gives the card. */
async function turnsTo(message: ChatMessage, words: string): Promise<Card> {
  return cardIn(await chat.waitFor(({ id, cards }) => id === message.id && cards[0]?.text.includes(words) === true))
}

/** What `countersign verify` says about the receipt that the service lets Ada download. */
async function verified(proposalId: string): Promise<string> {
  const file = join(folder, `${proposalId}.json`)
  await writeFile(file, JSON.stringify(receiptFileSchema.parse(await call('GET', `/api/receipts/${proposalId}/file`))))
  const { stdout } = await promisify(execFile)(process.execPath, [countersign, 'verify', file])
  return stdout
}

async function proposalOf(receiptNumber: number): Promise<string> {
  const { receipts } = listReceipts.answer.parse(await call('GET', '/api/receipts'))
  const found = receipts.find((receipt) => receipt.receiptNumber === receiptNumber)
  if (!found) throw new Error(`There is no receipt ${receiptNumber}.`)
  return found.proposalId
}

it('from the scan over the tab and the chat to the audit row, the receipt and the closed finding', async () => {
  const first = (await newestReceipt()) + 1
  const sent = (await stack.writes()).length
  const before = await scan()
  const listed = listFindings.answer.parse(await call('GET', '/api/findings')).findings.find(({ code }) => code === 'APP-01')
  expect(listed).toMatchObject({ checkId, state: 'open' })
  const {
    affected: [object],
    history,
  } = await finding()
  expect(history.at(-1)?.what).toMatch(/^Found on \d+ objects$/)
  if (!object?.fix) throw new Error('The finding offers no fix for its first object.')

  const since = chat.mark()
  const proposal = proposalSchema.parse(await call('POST', '/api/proposals', { findingKey: object.findingKey }))
  expect(proposal).toMatchObject({ state: 'proposed', receiptNumber: null })
  const message = await chat.waitFor(isOffer, { since })
  for (const shown of [proposal.preview.title, object.name, object.objectId, ...proposal.preview.requests])
    expect(cardIn(message).text).toContain(shown)

  const bo = chat.asUser((await stack.person('bo')).aadObjectId)
  expect(await bo.press(cardIn(message), 'countersign')).toMatchObject({ kind: 'message', text: expect.stringContaining('somebody else') })
  expect((await stack.writes()).slice(sent)).toEqual([])

  expect(await chat.press(cardIn(message), 'countersign')).toMatchObject({
    kind: 'card',
    // Already done where it was done before the answer was made.
    card: { text: expect.stringMatching(/being carried out|Verified/) },
  })
  const end = await turnsTo(message, `Verified · receipt ${receiptName(first)}`)
  expect(end.buttons.map(({ type, title }) => [type, title])).toEqual([['Action.OpenUrl', `Open receipt ${receiptName(first)}`]])
  const aidId = (await stack.person('aid')).aadObjectId
  expect((await stack.writes()).slice(sent)).toMatchObject([
    {
      method: 'POST',
      path: `/v1.0/applications/${object.objectId}/removePassword`,
      oid: aidId,
      status: 204,
      body: JSON.stringify({ keyId: object.part }),
      effect: true,
    },
  ])

  const receipt = await matchedReceipt(proposal.id)
  expect(receipt).toMatchObject({ state: 'verified', receiptNumber: first, chainVerified: true, findingKeys: [object.findingKey] })
  expect(receipt.echo.fields.filter(({ same }) => !same)).toEqual([])
  expect(receipt.echo.fields.find(({ field }) => field === 'Started by')?.value).toContain(`aid@${stack.domain}`)
  expect(receipt.links.map(({ step, state }) => [step, state])).toEqual([
    ['proposed', 'done'],
    ['countersigned', 'done'],
    ['carriedOut', 'done'],
    ['matched', 'done'],
    ['checkedAgain', 'waiting'],
  ])
  await turnsTo(message, 'Found in the tenant’s own audit log')
  expect(await verified(proposal.id)).toContain(`holds. ${receiptName(first)}`)

  expect((await finding()).affected.find(({ findingKey }) => findingKey === object.findingKey)?.state).toBe('fixedAwaitingScan')
  const after = await scan()
  expect(after.sinceLastScan).toContainEqual(
    expect.objectContaining({ kind: 'fixed', findingKey: object.findingKey, receiptNumber: first }),
  )
  // Other checks may have been about the same secret; nothing else in the tenant has changed.
  expect(after.sinceLastScan.filter(({ kind, findingKey }) => kind !== 'fixed' || !findingKey.includes(object.objectId))).toEqual([])
  expect(after.openFindings).toBe(before.openFindings - after.sinceLastScan.length)
  // Told in tenths, one secret of many may be too little to be seen in the score; it never takes from it.
  expect(after.score?.value).toBeGreaterThanOrEqual(before.score?.value ?? 100)
  expect((await finding()).affected.filter(({ findingKey, state }) => findingKey === object.findingKey && state !== 'closed')).toEqual([])
  const ended = (await finding()).history
  expect(ended.slice(0, ended.length - history.length).map(({ what, receiptNumber }) => [what, receiptNumber])).toEqual([
    ['No longer found', null],
    ['Fixed by the Aid; the next scan looks again', first],
  ])
  expect(ended.slice(-history.length)).toEqual(history)
  expect((await matchedReceipt(proposal.id)).links.at(-1)).toMatchObject({ step: 'checkedAgain', state: 'done' })
})

it('and by chat alone: blocked by a typed code, unblocked by an undo that is countersigned too', async () => {
  const sent = (await stack.writes()).length
  const [first, second] = [(await newestReceipt()) + 1, (await newestReceipt()) + 2]
  await stack.emulator.control('PATCH', `/tenants/${tenant}/objects/users/${(await stack.person('erik')).aadObjectId}`, {
    accountEnabled: true,
  })
  const { aadObjectId: erikId, userPrincipalName } = await stack.person('erik')
  const block = await chat.ask(`disable user ${userPrincipalName}`, isOffer)
  const code = /reply: yes ([A-Z0-9]{4})/.exec(cardIn(block).text)?.[1] ?? ''
  expect((await stack.person('erik')).isEnabled).toBe(true)
  await chat.say(`yes ${code}`)
  await turnsTo(block, `Verified · receipt ${receiptName(first)}`)
  expect((await stack.person('erik')).isEnabled).toBe(false)

  const undo = await chat.ask(`undo ${receiptName(first)}`, isOffer)
  expect((await stack.person('erik')).isEnabled).toBe(false)
  expect(await chat.press(cardIn(undo), 'countersign')).toMatchObject({ kind: 'card' })
  await turnsTo(undo, `Verified · receipt ${receiptName(second)}`)
  expect((await stack.person('erik')).isEnabled).toBe(true)

  const path = `/v1.0/users/${erikId}`
  expect((await stack.writes()).slice(sent).map((write) => [write.method, write.path, write.body, write.status, write.effect])).toEqual([
    ['PATCH', path, '{"accountEnabled":false}', 204, true],
    ['PATCH', path, '{"accountEnabled":true}', 204, true],
  ])
  for (const number of [first, second]) {
    const id = await proposalOf(number)
    expect(await matchedReceipt(id)).toMatchObject({ state: 'verified', chainVerified: true })
    expect(await verified(id)).toContain(`holds. ${receiptName(number)}`)
  }
})

it('a receipt that was changed afterwards does not verify', async () => {
  const file = join(folder, 'changed.json')
  const text = JSON.stringify(await call('GET', `/api/receipts/${await proposalOf(await newestReceipt())}/file`))
  await writeFile(file, text.replace('Ada Lindqvist', 'Eva Lindqvist'))
  expect(text).toContain('Ada Lindqvist')
  await expect(promisify(execFile)(process.execPath, [countersign, 'verify', file])).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('does not hold'),
  })
})
