import { baselineOf } from '@countersign/core/posture/baselines.ts'
import type { Baseline } from '@countersign/core/posture/baseline.ts'
import { defaultBaseline } from '@countersign/core/posture/baselines/default.ts'
import { contradictionIn, parametersInForce, readValue } from '@countersign/core/posture/parameters/in-force.ts'
import type { Override } from '@countersign/core/posture/parameters/override.ts'
import { parameterOf } from '@countersign/core/posture/parameters/parameters.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { addBaselineChange } from '../store/baselines.ts'
import type { Store } from '../store/database.ts'
import { appendEvent } from '../store/outbox.ts'
import { readSettings, writeSettings, type TenantSettings } from '../store/settings.ts'
import { writeTx, type WriteTx } from '../store/transaction.ts'

export type BaselineChanging =
  /** `unchanged`: it stood like that before, for the same reason. */
  | { readonly kind: 'changed' | 'unchanged' }
  | { readonly kind: 'badValue' | 'contradiction'; readonly problem: string }
  | { readonly kind: 'noSuchBaseline' | 'noSuchParameter' | 'notSet' }

/** Chooses what the tenant is judged by. Own values stay, and take the place of the new baseline's. */
export async function choose(store: Store, owner: Principal, id: string, reason: string, at: string): Promise<BaselineChanging> {
  const baseline = baselineOf(id)
  if (!baseline) return { kind: 'noSuchBaseline' }
  return changing(store, owner, async (tx, stored) => {
    if (stored.baselineId === id) return { kind: 'unchanged' }
    const problem = contradictionIn(parametersInForce(baseline, stored.settings.overrides))
    if (problem !== undefined) return { kind: 'contradiction', problem }
    await writeSettings(tx, { ...stored, baselineId: id }, at)
    const change = { what: 'chosen', baselineId: id, parameter: null, value: null, before: null, reason } as const
    await addBaselineChange(tx, { ...change, at, byName: owner.displayName })
    appendEvent(tx, 'settings.changed', 'baseline', at)
    return { kind: 'changed' }
  })
}

/** Sets a parameter differently from the baseline. An earlier own value stays in the history. */
export async function setOwn(
  store: Store,
  owner: Principal,
  wanted: { readonly parameter: string; readonly value: unknown; readonly reason: string },
  at: string,
): Promise<BaselineChanging> {
  const parameter = parameterOf(wanted.parameter)
  if (!parameter) return { kind: 'noSuchParameter' }
  const read = readValue(parameter, wanted.value)
  if (!read.ok) return { kind: 'badValue', problem: read.problem }
  const { value } = read
  return changing(store, owner, async (tx, stored) => {
    const before = stored.settings.overrides.find((entry) => entry.parameter === parameter.id)
    if (before?.reason === wanted.reason && JSON.stringify(before.value) === JSON.stringify(value)) return { kind: 'unchanged' }
    const entry: Override = {
      parameter: parameter.id,
      value: typeof value === 'object' ? [...value] : value,
      reason: wanted.reason,
      by: owner.objectId,
      byName: owner.displayName,
      at,
    }
    const overrides = [...stored.settings.overrides.filter((other) => other !== before), entry]
    const change = { what: 'set', parameter: parameter.id, value, before: before?.value ?? null, reason: wanted.reason } as const
    return putOverrides(tx, stored, overrides, { ...change, at, byName: owner.displayName })
  })
}

/** Goes back to the baseline's value. A reason is kept where one was given. */
export async function withdrawOwn(
  store: Store,
  owner: Principal,
  { parameter: id, reason = null }: { readonly parameter: string; readonly reason?: string | null | undefined },
  at: string,
): Promise<BaselineChanging> {
  return changing(store, owner, async (tx, stored) => {
    const before = stored.settings.overrides.find(({ parameter }) => parameter === id)
    if (!before) return { kind: parameterOf(id) ? 'notSet' : 'noSuchParameter' }
    const overrides = stored.settings.overrides.filter((entry) => entry !== before)
    const change = { what: 'withdrawn', parameter: id, value: null, before: before.value, reason } as const
    return putOverrides(tx, stored, overrides, { ...change, at, byName: owner.displayName })
  })
}

/** Keeps the own values with the change that led to them, unless some of the values in force then contradict each other. */
async function putOverrides(
  tx: WriteTx,
  stored: TenantSettings,
  overrides: Override[],
  change: Omit<Parameters<typeof addBaselineChange>[1], 'baselineId'> & { readonly parameter: string },
): Promise<BaselineChanging> {
  const problem = contradictionIn(parametersInForce(baselineIn(stored), overrides))
  if (problem !== undefined) return { kind: 'contradiction', problem }
  await writeSettings(tx, { ...stored, settings: { ...stored.settings, overrides } }, change.at)
  await addBaselineChange(tx, { ...change, baselineId: stored.baselineId })
  appendEvent(tx, 'settings.changed', change.parameter, change.at)
  return { kind: 'changed' }
}

/** The baseline that a tenant chose; the product's own where it is none of this version's. */
export function baselineIn({ baselineId }: TenantSettings): Baseline {
  return baselineOf(baselineId) ?? defaultBaseline
}

function changing(
  store: Store,
  owner: Principal,
  change: (tx: WriteTx, stored: TenantSettings) => Promise<BaselineChanging>,
): Promise<BaselineChanging> {
  return writeTx(store, owner, async (tx) => change(tx, await readSettings(tx)))
}
