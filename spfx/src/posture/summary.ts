// The only file that knows where the posture contract and its picture come from.
import { z } from 'zod';

const severity = z.enum(['critical', 'high', 'medium', 'low', 'info']);

const postureView = z.object({
  tenantName: z.string(),
  /** End of the scan that the figures stand on (ISO, UTC); null before the first scan. */
  scannedAt: z.string().nullable(),
  /** 0 to 100; null while nothing could be judged. */
  score: z.number().nullable(),
  /** Points since the previous scan; null when not comparable. */
  change: z.number().nullable(),
  trend: z.array(z.object({ at: z.string(), score: z.number() })),
  checks: z.object({ total: z.number(), unread: z.number() }),
  areas: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      score: z.number().nullable(),
      failing: z.number(),
      unread: z.number(),
    }),
  ),
  risks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      severity,
      why: z.string(),
      affects: z.number(),
      points: z.number(),
    }),
  ),
});

/** What the service answers on `/api/view/posture`, as far as the web part shows it. */
export type PostureView = z.infer<typeof postureView>;
export type Severity = z.infer<typeof severity>;

/** Parses the service's answer; undefined when it is not a posture view. */
export function parsePosture(body: unknown): PostureView | undefined {
  const parsed = postureView.safeParse(body);
  return parsed.success ? parsed.data : undefined;
}

export { PostureSummary, type PostureSummaryProps } from './posture-summary.tsx';
