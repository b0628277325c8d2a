import type { Json } from '@countersign/core/digest.ts'

/** What the bot says: one text with suggested replies, or one Adaptive Card. */
export type Message =
  | { readonly text: string; /** Texts that the client offers as one-tap replies. */ readonly suggestions?: readonly string[] }
  | { readonly card: Json }

/** What a person did in chat. */
export type ChatAct =
  | { readonly kind: 'text'; readonly text: string }
  /** A card's button. `invoke` is answered in place; `submit`, of clients without Action.Execute, is not. */
  | {
      readonly kind: 'press'
      readonly verb: string
      readonly data: unknown
      readonly cardActivityId: string
      readonly via: 'invoke' | 'submit'
    }
  /** Words in the message box that look for something to put into a conversation; `from` and `most` page through what fits. */
  | { readonly kind: 'search'; readonly words: string; readonly from: number; readonly most: number }
  | { readonly kind: 'installed' }
  | { readonly kind: 'removed' }

/** One authenticated activity of a person, in our own words. Made by the channel alone. */
export interface ChatTurn {
  readonly tenantId: string
  /** `channelId` is the channel's own id of the person, which a card's refresh names. */
  readonly person: { readonly objectId: string; readonly name: string; readonly channelId: string }
  readonly conversationId: string
  readonly conversationType: 'personal' | 'other'
  readonly activityId: string
  /** When the channel took the activity, in milliseconds of its own clock; null where it does not say. */
  readonly writtenAt: number | null
  readonly act: ChatAct
  /** What a message without a question before it needs, without the activity it answers. */
  readonly reference: Json
  /** Sends into this conversation and answers the activity id of what was sent. */
  readonly reply: (message: Message) => Promise<string>
  readonly replaceCard: (activityId: string, card: Json) => Promise<void>
  readonly showTyping: () => Promise<void>
}

/** One thing found: a line in the list, and the card that goes into the conversation when it is picked. */
export interface SearchResult {
  readonly title: string
  readonly text: string
  readonly card: Json
}

/** Answer to a pressed button: the card that takes the pressed one's place, or a note under it. To a search, what was found. Nothing for texts. */
export type TurnAnswer =
  | { readonly kind: 'card'; readonly card: Json }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'results'; readonly results: readonly SearchResult[] }
  | { readonly kind: 'none' }

/** `gone`: the channel will never take it (the app was removed, the message deleted). `later`: try again. */
export type Delivery =
  | { readonly kind: 'delivered'; readonly activityId: string }
  | { readonly kind: 'gone'; readonly status: number }
  | { readonly kind: 'later'; readonly problem: string }

export interface ChannelRequest {
  readonly authorization: string | undefined
  readonly body: unknown
}
export interface ChannelAnswer {
  readonly status: number
  readonly body?: Json
}

/** The Bot Framework channel of Teams, both ways. */
export interface Channel {
  /** Authenticates one request; only an authenticated activity of an allowed tenant reaches `handle`. */
  readonly receive: (request: ChannelRequest, handle: (turn: ChatTurn) => Promise<TurnAnswer>) => Promise<ChannelAnswer>
  readonly send: (reference: Json, message: Message) => Promise<Delivery>
  readonly update: (reference: Json, activityId: string, message: Message) => Promise<Delivery>
}
