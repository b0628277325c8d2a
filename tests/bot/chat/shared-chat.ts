import { afterAll, beforeAll } from '@jest/globals'
import type { Person } from '../../../tools/stack/person.ts'
import { startChatStack, type ChatStack } from './chat-stack.ts'

let running: { readonly stack: ChatStack; readonly ada: Person } | undefined

/** Gives all tests of a file one stack with the Aid connected; called once, by the file that brings them together. */
export function shareChat(): void {
  beforeAll(async () => {
    const stack = await startChatStack()
    running = { stack, ada: await stack.ada() }
  })
  afterAll(() => running?.stack.stop())
}

/** The shared stack, and Ada in a plain browser. */
export function sharedChat(): { readonly stack: ChatStack; readonly ada: Person } {
  if (!running) throw new Error('The shared stack does not run: it is started before the tests, not while they are listed.')
  return running
}
