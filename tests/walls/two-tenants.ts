import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { applicationsSchema, type ApplicationsView } from '../../core/api/applications.ts'
import { findingSchema } from '../../core/api/findings.ts'
import { proposalSchema } from '../../core/api/proposals.ts'
import type { Api } from '../bot/service.ts'
import { untilNothingIsDue } from './inside.ts'
import { openChatLine, type ChatLine, type Writer } from './chat-line.ts'
import { scan, startWalls, type Walls } from './stack.ts'

/** One of the two tenants, with everything that the other must never see. */
export interface Side {
  readonly tenantId: string
  readonly api: Api
  readonly writer: Writer
  readonly scanId: string
  readonly findingKeys: readonly string[]
  /** Carried out and verified; waiting for a countersignature. */
  readonly verified: string
  readonly waiting: string
  readonly aidId: string
  readonly victimId: string
  /** An expired secret of an application. */
  readonly secret: { readonly applicationId: string; readonly keyId: string }
  /** An enterprise application. */
  readonly enterpriseId: string
  /** Names of its applications; some are common to both sides. */
  readonly applicationNames: readonly string[]
  /** Ids, names and addresses that exist on this side alone. */
  readonly marks: readonly string[]
}

export interface TwoTenants {
  readonly walls: Walls
  readonly line: ChatLine
  readonly contoso: Side
  readonly second: Side
  readonly stop: () => Promise<void>
}

/** One running service that holds two tenants, both scanned, both with an Aid, a receipt and a proposal that waits. */
export async function startTwoTenants(): Promise<TwoTenants> {
  const walls = await startWalls({ tenantNames: ['contoso-demo', 'second'], withAid: true })
  const line = await openChatLine(walls.emulator)
  const stop = async (): Promise<void> => {
    await line.close()
    await walls.stop()
  }
  try {
    const endpoint = `${walls.origin}/api/messages`
    await walls.emulator.control('PUT', '/bot', { endpoint, appId: walls.registrations.ids.chat, tenant: 'contoso-demo' })
    const [contoso, second] = await Promise.all([settle(walls, line, 'contoso-demo', 'ada'), settle(walls, line, 'second', 'eve')])
    await untilNothingIsDue(walls.dataDir)
    const without = (side: Side, other: Side): Side => ({
      ...side,
      marks: side.marks.filter((mark) => ![...other.marks, ...other.applicationNames].includes(mark)),
    })
    return { walls, line, contoso: without(contoso, second), second: without(second, contoso), stop }
  } catch (problem) {
    await stop()
    throw problem
  }
}

/** Scans a tenant, has one person blocked by chat, and leaves one more proposal waiting. */
async function settle(walls: Walls, line: ChatLine, name: string, owner: string): Promise<Side> {
  const { id: tenantId, domain } = walls.tenant(name)
  const api = await walls.as(name, owner)
  const people = await walls.people(name)
  const idOf = (local: string): string => people.find(({ userPrincipalName }) => userPrincipalName === `${local}@${domain}`)?.id ?? ''
  const writer: Writer = { tenantId, objectId: idOf(owner), name: owner, conversationId: `a:chat-of-${owner}` }
  const scanId = await scan(api)
  const { affected } = findingSchema.parse((await api.get('/api/findings/app-secret-expired')).body)

  const { said } = await line.say(writer, `disable user dan@${domain}`)
  const code = /reply: yes ([A-Z0-9]{4})/i.exec(said.join(' '))?.[1]
  if (code === undefined) throw new Error(`No card came in the chat of ${owner}: ${said.join(' ')}`)
  await line.say(writer, `yes ${code}`)
  const verified = await settledReceipt(api)
  const victim = people.find(
    ({ id, userPrincipalName }) => ![writer.objectId, idOf('dan'), idOf('aid')].includes(id) && userPrincipalName.endsWith(`@${domain}`),
  )
  const proposal = proposalSchema.parse(
    (await api.post('/api/proposals', { actionId: 'disable-user', input: { userId: victim?.id } })).body,
  )
  await line.waitFor(writer.conversationId, new RegExp(victim?.id ?? '-'))

  const applications = await applicationsOf(api)
  const enterpriseId = applications.find(({ publisher }) => publisher !== 'microsoft')?.id ?? ''

  const names = [
    ...people.flatMap((one) => [one.id, one.userPrincipalName, one.displayName ?? '']),
    ...affected.flatMap((one) => [one.objectId, one.name, one.part]),
  ]
  return {
    tenantId,
    api,
    writer,
    scanId,
    findingKeys: affected.map(({ findingKey }) => findingKey),
    verified,
    waiting: proposal.id,
    aidId: idOf('aid'),
    victimId: victim?.id ?? '',
    secret: { applicationId: affected[0]?.objectId ?? '', keyId: affected[0]?.part ?? '' },
    enterpriseId,
    applicationNames: applications.map((application) => application.name),
    marks: [...new Set([tenantId, enterpriseId, domain, scanId, verified, proposal.id, proposal.preview.hash, ...names])].filter(
      (mark) => mark.length > 3,
    ),
  }
}

async function applicationsOf(api: Api): Promise<ApplicationsView['applications']> {
  const found: ApplicationsView['applications'] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const path: string = cursor === '' ? '/api/applications' : `/api/applications?cursor=${cursor}`
    const page: ApplicationsView = applicationsSchema.parse((await api.get(path)).body)
    found.push(...page.applications)
    cursor = page.next
  }
  return found
}

/** The id of the one receipt, once its audit row was found and nothing of it moves any more. */
async function settledReceipt(api: Api): Promise<string> {
  for (;;) {
    const { receipts } = z
      .object({ receipts: z.array(z.object({ proposalId: z.string(), state: z.string(), echo: z.string() })) })
      .parse((await api.get('/api/receipts')).body)
    if (receipts[0]?.state === 'verified' && receipts[0].echo === 'found') return receipts[0].proposalId
    await wait(100)
  }
}

/** Marks of a side that stand in a text. */
export function marksIn(side: Side, text: string): readonly string[] {
  return side.marks.filter((mark) => text.includes(mark))
}
