import type { Fault, World } from '../tenants/world.ts'

/** Takes the first fault that matches a request and counts it down; undefined when none does. */
export function takeFault(
  world: World,
  request: { method: string; path: string; appId: string | null; hasPageToken: boolean; isWrite: boolean },
): Fault | undefined {
  const fault = world.faults.find((candidate) => matches(candidate, request))
  if (fault?.times !== undefined) fault.times -= 1
  return fault
}

function matches(
  fault: Fault,
  request: { method: string; path: string; appId: string | null; hasPageToken: boolean; isWrite: boolean },
): boolean {
  if (fault.times !== undefined && fault.times <= 0) return false
  // These two only have a meaning for a later page and for a write.
  if (fault.kind === 'expiredPageToken' && !request.hasPageToken) return false
  if (fault.kind === 'cutAfterEffect' && !request.isWrite) return false
  const { method, pathPrefix, appId } = fault.match
  if (method !== undefined && method.toUpperCase() !== request.method) return false
  if (appId !== undefined && appId !== request.appId) return false
  return pathPrefix === undefined || withoutVersion(request.path).startsWith(withoutVersion(pathPrefix))
}

/** A prefix may be written with or without `/v1.0`. */
function withoutVersion(path: string): string {
  return path
    .toLowerCase()
    .replace(/^\/?(v1\.0|beta)(?=\/)/, '')
    .replace(/^\/?/, '/')
}
