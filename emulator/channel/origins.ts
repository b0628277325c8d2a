import { isLoopbackUrl } from '../server/arguments.ts'
import type { Activity } from './activity.ts'

/**
 * Which chat client's connector serves a conversation, learnt from the activities that clients post.
 * Several clients may use one channel, one for each person who acts, as long as their conversation ids differ.
 */
export interface Origins {
  /** Remembers the sender, or tells why its service URL is refused. */
  remember(activity: Activity): { readonly ok: true } | { readonly ok: false; readonly message: string }
  ofConversation(conversationId: string): string | undefined
  /** The person's connector and channel id, given either id that Teams accepts for a person. */
  ofPerson(idOrObjectId: string): { readonly connector: string; readonly id: string } | undefined
  /** A connector that knows the team; the only client's when there is one. */
  any(): string | undefined
}

export function createOrigins(): Origins {
  const byConversation = new Map<string, string>()
  const byPerson = new Map<string, { readonly connector: string; readonly id: string }>()
  const ownerOfChat = new Map<string, string>()
  let latest: string | undefined
  return {
    remember(activity) {
      const { serviceUrl, conversation, from } = activity
      if (serviceUrl === undefined || !isLoopbackUrl(serviceUrl)) {
        return {
          ok: false,
          message: `The activity's serviceUrl must be the chat client's own connector on this machine; it is ${JSON.stringify(serviceUrl)}.`,
        }
      }
      const connector = serviceUrl.replace(/\/+$/, '')
      latest = connector
      if (conversation === undefined) return { ok: true }
      byConversation.set(conversation.id, connector)
      // Only a personal chat proves that the person has the app, which is what Teams asks before it lets a bot write first.
      if (conversation.conversationType === 'personal' && from?.id !== undefined) {
        // Whoever else acts in this chat is a stranger in it and gains no chat of their own.
        if ((ownerOfChat.get(conversation.id) ?? from.id) !== from.id) return { ok: true }
        ownerOfChat.set(conversation.id, from.id)
        const person = { connector, id: from.id }
        byPerson.set(from.id, person)
        if (from.aadObjectId !== undefined) byPerson.set(from.aadObjectId, person)
      }
      return { ok: true }
    },
    ofConversation: (conversationId) =>
      byConversation.get(conversationId.split(';')[0] ?? conversationId) ?? byConversation.get(conversationId),
    ofPerson: (idOrObjectId) => byPerson.get(idOrObjectId),
    any: () => latest,
  }
}
