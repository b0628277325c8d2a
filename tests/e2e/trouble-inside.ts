import { lookInside } from '../walls/inside.ts'
import type { Walls } from '../walls/stack.ts'

/** Every quarter of an hour the service asks the sign-in service anew; a quarter of an hour is over. */
export function askAnew({ dataDir }: Walls): Promise<unknown> {
  return lookInside(dataDir, (client) =>
    client.query(`update countersign.session set rotated_at = rotated_at - interval '16 minutes' where kind = 'cookie'`),
  )
}

export interface NewestScan {
  readonly id: string
  readonly state: string
  /** Each fact that it has read, with when its reading began. */
  readonly read: readonly string[]
}

/** The scan of the demo tenant that began last. */
export async function newestScan({ dataDir, tenant }: Walls): Promise<NewestScan> {
  const { rows } = await lookInside(dataDir, (client) =>
    client.query<NewestScan>(
      `select id, state,
         array(select fact || ' ' || begun_at from countersign.fact_read where scan_id = scan.id and state = 'read') as read
       from countersign.scan where kind = 'scan' and tenant_id = $1 order by ordinal desc limit 1`,
      [tenant('contoso-demo').id],
    ),
  )
  if (!rows[0]) throw new Error('The demo tenant has no scan.')
  return rows[0]
}
