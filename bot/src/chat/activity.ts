import { z } from 'zod'
import { brokenTexts, isWholeText, madeWhole } from '@countersign/core/text/whole-text.ts'
import type { ChatAct } from './channel.ts'

const id = z.string().max(1000).refine(isWholeText)
const guid = z.guid().transform((id) => id.toLowerCase())
/** Longer texts are no command; they are cut so that nothing downstream has to care. */
const longestText = 2000

/** The fields of an activity that are read (learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations). */
export const activitySchema = z.looseObject({
  type: z.string(),
  id: id.default(''),
  /** ISO 8601, as the channel took the activity; a time that cannot be read is none. */
  timestamp: z
    .string()
    .nullish()
    .transform((text) => {
      const at = Date.parse(text ?? '')
      return Number.isNaN(at) ? null : at
    }),
  name: z.string().optional(),
  /** Of installationUpdate. */
  action: z.string().optional(),
  text: z
    .string()
    .nullish()
    .transform((text) => (text ?? '').slice(0, longestText)),
  value: z.unknown().optional(),
  /** Of other channels, which a bot can be opened to in Azure, the client itself says who the person is. */
  channelId: z.literal('msteams'),
  serviceUrl: z.string(),
  replyToId: id.default(''),
  from: z.looseObject({ id, aadObjectId: z.string().optional(), name: z.string().default('').transform(madeWhole) }),
  /** These two are sent back with each answer. */
  recipient: z.looseObject({ id }).optional(),
  locale: z.string().nullish(),
  conversation: z.looseObject({
    id: id.min(1),
    conversationType: z.string().optional(),
    isGroup: z.boolean().optional(),
    tenantId: z.string().optional(),
  }),
  channelData: z.looseObject({ tenant: z.looseObject({ id: z.string().optional() }).optional() }).optional(),
})
export type ReadActivity = z.output<typeof activitySchema>

/** The tenant that the activity names, the same in both places; undefined when it names none or two. */
export function tenantOf({ conversation, channelData }: ReadActivity): string | undefined {
  const named = [conversation.tenantId, channelData?.tenant?.id].filter((id) => id !== undefined)
  const [first, ...others] = named.map((id) => guid.safeParse(id).data)
  return first !== undefined && others.every((other) => other === first) ? first : undefined
}

/** Entra object id of the person; undefined for accounts that have none. */
export function personIdOf({ from }: ReadActivity): string | undefined {
  return guid.safeParse(from.aadObjectId).data
}

export function conversationTypeOf({ conversation }: ReadActivity): 'personal' | 'other' {
  return conversation.conversationType === 'personal' && conversation.isGroup !== true ? 'personal' : 'other'
}

const executeSchema = z.looseObject({
  action: z.looseObject({ verb: z.string(), data: z.unknown().optional() }),
  /** `automatic`: no person pressed anything, the client asks by itself. */
  trigger: z.string().optional(),
})
/** learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search */
const searchSchema = z.looseObject({
  parameters: z.array(z.looseObject({ name: z.string(), value: z.string().default('') })).default([]),
  queryOptions: z.looseObject({ skip: z.int().min(0).default(0), count: z.int().min(1).default(25) }).prefault({}),
})
const submitSchema = z.looseObject({ verb: z.string() })

/** What the person did; undefined for activities that say nothing to us (reactions, edits, people who come and go). */
export function actOf(activity: ReadActivity): ChatAct | undefined {
  switch (activity.type) {
    case 'message': {
      const submitted = activity.text === '' ? submitSchema.safeParse(activity.value) : undefined
      if (submitted?.success)
        return {
          kind: 'press',
          verb: submitted.data.verb,
          data: carried(submitted.data),
          cardActivityId: activity.replyToId,
          via: 'submit',
        }
      return { kind: 'text', text: activity.text }
    }
    case 'invoke': {
      if (activity.name === 'composeExtension/query') return searchIn(activity.value)
      const execute = executeSchema.safeParse(activity.value)
      if (activity.name !== 'adaptiveCard/action' || !execute.success) return undefined
      const { verb, data } = execute.data.action
      // What no person pressed can ask how a card stands and do nothing else.
      const pressed = execute.data.trigger === 'automatic' ? 'refresh' : verb
      return { kind: 'press', verb: pressed, data: carried(data), cardActivityId: activity.replyToId, via: 'invoke' }
    }
    case 'installationUpdate':
      return activity.action?.startsWith('remove') ? { kind: 'removed' } : { kind: 'installed' }
    default:
      return undefined
  }
}

/** What a button carries; nothing where a text of it could not be kept, which no card of ours holds. */
function carried(data: unknown): unknown {
  return brokenTexts('data', data).length === 0 ? data : undefined
}

/** The first run of the box comes with the parameter `initialRun` in place of words: everything fits. */
function searchIn(value: unknown): ChatAct | undefined {
  const search = searchSchema.safeParse(value)
  if (!search.success) return undefined
  const words = search.data.parameters.find(({ name }) => name === 'words')?.value ?? ''
  const { skip, count } = search.data.queryOptions
  return { kind: 'search', words: words.slice(0, longestText), from: skip, most: Math.min(count, 25) }
}
