import type { RequestLogEntry, World } from '../tenants/world.ts'

const lastSeq = new WeakMap<World, number>()

/** Notes a request the moment it arrives; sequence numbers go on counting when the log is emptied. */
export function openLogEntry(
  world: World,
  arrived: Pick<RequestLogEntry, 'method' | 'path' | 'clientRequestId' | 'body' | 'tenantId' | 'appId' | 'oid'>,
): RequestLogEntry {
  const seq = (lastSeq.get(world) ?? 0) + 1
  lastSeq.set(world, seq)
  const entry: RequestLogEntry = { seq, at: world.clock.now(), ...arrived, status: 0, bytes: 0, effect: false }
  world.requestLog.push(entry)
  return entry
}
