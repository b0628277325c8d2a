// The only file that knows where the posture contract and its picture come from.
import { viewPostureSchema, type ViewPosture } from '@countersign/core/api/posture.js'

/** What the service answers on `/api/view/posture`. */
export type PostureView = ViewPosture

/** Parses the service's answer; undefined when it is not a posture view. */
export function parsePosture(body: unknown): PostureView | undefined {
  const parsed = viewPostureSchema.safeParse(body)
  return parsed.success ? parsed.data : undefined
}

export { PostureSummary, type PostureState } from '@countersign/ui/posture-summary.js'
export { ReaderProvider, type Scheme } from '@countersign/ui/reader.js'
export { Surface } from '@countersign/ui/surface.js'
