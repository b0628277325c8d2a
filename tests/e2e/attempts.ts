import { expect, jest } from '@jest/globals'
import { patience } from './patience.ts'

/** Gives each test and hook of a file that starts programs the time of `patience`; to be called where the file begins. */
export function beTolerant(): void {
  jest.setTimeout(patience.test)
}

const begun = new Set<string>()

/** Whether the test that begins now has been begun before: what its first attempt left is no ground for another. Asked once, in `beforeEach`. */
export function isSecondAttempt(): boolean {
  const { currentTestName = '' } = expect.getState()
  const isAgain = begun.has(currentTestName)
  begun.add(currentTestName)
  return isAgain
}
