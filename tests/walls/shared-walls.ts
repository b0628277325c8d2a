import { afterAll, beforeAll } from '@jest/globals'
import { startWalls, type Walls } from './stack.ts'
import { startTwoTenants, type TwoTenants } from './two-tenants.ts'

let one: Walls | undefined
let two: TwoTenants | undefined

/** Gives all tests of a file one running service with one tenant; called once, by the file that brings them together. */
export function shareOneTenant(): void {
  beforeAll(async () => void (one = await startWalls()))
  afterAll(() => one?.stop())
}

/** The same with the two tenants of two-tenants.ts. */
export function shareTwoTenants(): void {
  beforeAll(async () => void (two = await startTwoTenants()))
  afterAll(() => two?.stop())
}

export function oneTenant(): Walls {
  return running(one)
}

export function twoTenants(): TwoTenants {
  return running(two)
}

function running<Stack>(stack: Stack | undefined): Stack {
  if (!stack) throw new Error('The shared stack does not run: it is started before the tests, not while they are listed.')
  return stack
}
