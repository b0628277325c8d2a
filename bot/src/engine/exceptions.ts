import { randomUUID } from 'node:crypto'
import type { Exception } from '@countersign/core/api/exceptions.ts'
import { coverageOf } from '@countersign/core/posture/derived/conditional-access-coverage.ts'
import { conditionalAccessPolicies } from '@countersign/core/posture/facts/conditional-access-policies.ts'
import { parseRows } from '@countersign/core/posture/parse.ts'
import { sameId } from '@countersign/core/posture/rows/graph-values.ts'
import type { Declared } from '@countersign/core/posture/settings.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { aidOf } from '../store/aid.ts'
import type { Store } from '../store/database.ts'
import { lastScanWith, readWhole } from '../store/facts.ts'
import { appendEvent } from '../store/outbox.ts'
import { readSettings, writeSettings } from '../store/settings.ts'
import { readTx, writeTx, type ReadTx } from '../store/transaction.ts'

export type Declaring =
  { readonly kind: 'declared'; readonly exception: Exception } | { readonly kind: 'alreadyDeclared' } | { readonly kind: 'tooMany' }

/** A list that nobody can read through is no documentation. */
const atMost = 200

/** Every declared exception with the policies that leave it out, oldest first. */
export async function exceptionsOf(store: Store, principal: Principal): Promise<readonly Exception[]> {
  return readTx(store, principal, async (tx) => {
    const { settings } = await readSettings(tx)
    return shown(tx, settings.declared)
  })
}

export async function declare(
  store: Store,
  owner: Principal,
  wanted: Pick<Declared, 'objectId' | 'kind' | 'reason'>,
  at: string,
): Promise<Declaring> {
  return writeTx(store, owner, async (tx) => {
    const stored = await readSettings(tx)
    const { declared } = stored.settings
    if (declared.some(({ kind, objectId }) => kind === wanted.kind && sameId(objectId, wanted.objectId))) return { kind: 'alreadyDeclared' }
    if (declared.length >= atMost) return { kind: 'tooMany' }
    const entry: Declared = {
      ...wanted,
      objectId: wanted.objectId.toLowerCase(),
      id: randomUUID(),
      by: owner.objectId,
      byName: owner.displayName,
      at,
    }
    await writeSettings(tx, { ...stored, settings: { ...stored.settings, declared: [...declared, entry] } }, at)
    appendEvent(tx, 'settings.changed', entry.id, at)
    const [exception] = await shown(tx, [entry])
    if (!exception) throw new Error('A declared exception could not be shown.')
    return { kind: 'declared', exception }
  })
}

/** False where there is none with this id. */
export async function withdraw(store: Store, owner: Principal, id: string, at: string): Promise<boolean> {
  return writeTx(store, owner, async (tx) => {
    const stored = await readSettings(tx)
    const declared = stored.settings.declared.filter((entry) => entry.id !== id)
    if (declared.length === stored.settings.declared.length) return false
    await writeSettings(tx, { ...stored, settings: { ...stored.settings, declared } }, at)
    appendEvent(tx, 'settings.changed', id, at)
    return true
  })
}

async function shown(tx: ReadTx, declared: readonly Declared[]): Promise<readonly Exception[]> {
  const aid = await aidOf(tx)
  const scanId = await lastScanWith(tx, conditionalAccessPolicies.id)
  const reading = scanId === undefined ? undefined : await readWhole(tx, scanId, conditionalAccessPolicies.id)
  const parsed = reading?.state === 'read' ? parseRows(conditionalAccessPolicies, reading.rows ?? []) : undefined
  const policies = parsed?.ok ? parsed.rows.map(coverageOf).filter(({ state }) => state === 'enabled') : null
  return declared.map((entry) => ({
    ...entry,
    isAid: aid !== undefined && sameId(aid.objectId, entry.objectId),
    policies:
      policies
        ?.filter(({ people, excludedApplications }) =>
          [...(people?.excluded.users ?? []), ...(people?.excluded.groups ?? []), ...excludedApplications].some((left) =>
            sameId(left, entry.objectId),
          ),
        )
        .map(({ name }) => name) ?? null,
  }))
}
