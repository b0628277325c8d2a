import { setTimeout as wait } from 'node:timers/promises'
import type { Fault, World } from '../tenants/world.ts'

/** What a fault looks at. */
export interface FaultSubject {
  readonly method: string
  readonly path: string
  readonly appId: string | null
  readonly hasPageToken: boolean
  /** A delta query that goes on with a token. */
  readonly hasDeltaToken: boolean
  readonly isWrite: boolean
  /** The collection that is read, as graph/collections-*.ts names it. */
  readonly collection: string | undefined
}

/** Takes the first fault that matches a request and counts it down; undefined when none does. */
export function takeFault(world: World, describe: () => FaultSubject): Fault | undefined {
  if (world.faults.length === 0) return undefined
  const subject = describe()
  const fault = world.faults.find((candidate) => matches(candidate, subject))
  if (fault?.times !== undefined) fault.times -= 1
  return fault
}

/** Holds a request for as long as its fault says, or until that fault is taken away. */
export async function held(world: World, fault: Fault): Promise<void> {
  const end = performance.now() + (fault.delayMs ?? 0)
  for (let left = fault.delayMs ?? 0; left > 0 && world.faults.includes(fault); left = end - performance.now())
    await wait(Math.min(left, 20))
}

function matches(fault: Fault, request: FaultSubject): boolean {
  if (fault.times !== undefined && fault.times <= 0) return false
  // These only have a meaning for a later page, a delta token and a write.
  if (fault.kind === 'expiredPageToken' && !request.hasPageToken) return false
  if (fault.kind === 'resync' && !request.hasDeltaToken) return false
  if (fault.kind === 'cutAfterEffect' && !request.isWrite) return false
  const { method, pathPrefix, appId, collection } = fault.match
  if (method !== undefined && method.toUpperCase() !== request.method) return false
  if (appId !== undefined && appId !== request.appId) return false
  if (collection !== undefined && collection.toLowerCase() !== request.collection?.toLowerCase()) return false
  return pathPrefix === undefined || withoutVersion(request.path).startsWith(withoutVersion(pathPrefix))
}

/** A prefix may be written with or without `/v1.0`. */
function withoutVersion(path: string): string {
  return path
    .toLowerCase()
    .replace(/^\/?(v1\.0|beta)(?=\/)/, '')
    .replace(/^\/?/, '/')
}
