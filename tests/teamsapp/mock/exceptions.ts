import { randomUUID } from 'node:crypto'
import { listExceptions } from '@countersign/core/api/exceptions.ts'
import { exceptions } from '../sample-permissions.ts'
import type { Answers } from './answer.ts'

/** What an owner declared as wanted. */
export interface ExceptionsState {
  exceptions: typeof exceptions
}

export function freshExceptions(): ExceptionsState {
  return { exceptions }
}

export const exceptionsAnswers: Answers<ExceptionsState> = {
  'list-exceptions': ({ state }) => state.exceptions,
  'declare-exception': ({ state, body }) => {
    const declared = { ...exceptions.exceptions[0], ...(body as object), id: randomUUID(), isAid: false, policies: [] }
    state.exceptions = listExceptions.answer.parse({ ...state.exceptions, exceptions: [...state.exceptions.exceptions, declared] })
    return { ...declared, judged: 'judged' }
  },
  'withdraw-exception': ({ state, id }) => {
    state.exceptions = { ...state.exceptions, exceptions: state.exceptions.exceptions.filter((one) => one.id !== id) }
    return { withdrawn: true }
  },
}
