import { z } from 'zod'

/** A button of an adaptive card, wherever it stands in the card. */
export interface Button {
  readonly type: string
  readonly title: string
  /** Of an Action.Execute; empty otherwise. */
  readonly verb: string
  readonly id: string | undefined
  readonly data: unknown
  readonly isEnabled: boolean
}

/** One adaptive card as it stands now in the chat. */
export interface Card {
  readonly messageId: string
  readonly conversationId: string
  readonly content: Readonly<Record<string, unknown>>
  readonly buttons: readonly Button[]
  /** Every text that the card shows, in order, one a line. */
  readonly text: string
}

const recordSchema = z.record(z.string(), z.unknown())
const actionSchema = z.looseObject({
  type: z.string().regex(/^Action\./),
  title: z.string().default(''),
  verb: z.string().default(''),
  id: z.string().optional(),
  data: z.unknown().optional(),
  isEnabled: z.boolean().default(true),
})
const refreshSchema = z.looseObject({ refresh: z.looseObject({ action: z.unknown() }) })

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive'

const attachmentSchema = z.looseObject({ contentType: z.string(), content: z.unknown() })
export const attachmentsSchema = z.array(attachmentSchema)
export type Attachment = z.infer<typeof attachmentSchema>

/** The adaptive cards among the attachments of one message. */
export function cardsOf(messageId: string, conversationId: string, attachments: readonly Attachment[]): readonly Card[] {
  return attachments.flatMap((attachment) => {
    const content = recordSchema.safeParse(attachment.content)
    if (attachment.contentType !== ADAPTIVE_CARD || !content.success) return []
    return [readCard(messageId, conversationId, content.data)]
  })
}

export function readCard(messageId: string, conversationId: string, content: Readonly<Record<string, unknown>>): Card {
  const buttons: Button[] = []
  const texts: string[] = []
  walk(content, (node) => {
    const action = actionSchema.safeParse(node)
    if (action.success) {
      const { type, title, verb, id, data, isEnabled } = action.data
      buttons.push({ type, title, verb, id, data, isEnabled })
      return
    }
    for (const key of ['text', 'title', 'value', 'label', 'errorMessage']) {
      const text = node[key]
      if (typeof text === 'string' && text !== '') texts.push(text)
    }
  })
  return { messageId, conversationId, content, buttons, text: texts.join('\n') }
}

/** The action that a client sends by itself when it shows the card; undefined when the card has no refresh. */
export function refreshActionOf(card: Card): unknown {
  const parsed = refreshSchema.safeParse(card.content)
  return parsed.success ? parsed.data.refresh.action : undefined
}

/** The one enabled button with this verb or title; throws with what the card offers instead. */
export function findButton(card: Card, verbOrTitle: string): Button {
  const found = card.buttons.filter((button) => button.verb === verbOrTitle || button.title === verbOrTitle)
  const [button] = found
  const offered = card.buttons.map((one) => JSON.stringify(one.verb || one.title)).join(', ') || 'none'
  if (button === undefined) throw new Error(`The card has no button ${JSON.stringify(verbOrTitle)}; it has: ${offered}.`)
  if (found.length > 1)
    throw new Error(`The card has ${found.length} buttons ${JSON.stringify(verbOrTitle)}; use a verb that only one of them has.`)
  if (!button.isEnabled) throw new Error(`The button ${JSON.stringify(verbOrTitle)} is disabled.`)
  return button
}

/** Visits every object of the card but those that no reader sees: the refresh action and what buttons carry. */
function walk(node: unknown, visit: (node: Readonly<Record<string, unknown>>) => void): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit)
    return
  }
  const parsed = recordSchema.safeParse(node)
  if (!parsed.success) return
  visit(parsed.data)
  for (const [key, value] of Object.entries(parsed.data)) {
    if (!['refresh', 'data', 'msteams', 'authentication', 'fallback'].includes(key)) walk(value, visit)
  }
}
