import type { Channel } from './channel.ts'

/**
 * A channel that is opened when the first activity or message needs it: its library is a third of all that the service would load at its
 * start. Where it cannot be opened, that call fails, and the next one tries again.
 */
export function channelWhenNeeded(open: () => Promise<Channel>): Channel {
  let opening: Promise<Channel> | undefined
  const opened = async (): Promise<Channel> => {
    opening ??= open()
    try {
      return await opening
    } catch (problem) {
      opening = undefined
      throw problem
    }
  }
  return {
    receive: async (request, handle) => (await opened()).receive(request, handle),
    send: async (reference, message) => (await opened()).send(reference, message),
    update: async (reference, activityId, message) => (await opened()).update(reference, activityId, message),
  }
}
