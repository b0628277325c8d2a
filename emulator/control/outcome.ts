import { z } from 'zod'
import type { Tenant, World } from '../tenants/world.ts'
import { findTenant } from '../tenants/world.ts'

/** An answer of the control port. A refusal's message says what is wrong, where, and how to mend it. */
export type Outcome =
  { readonly ok: true; readonly body?: unknown } | { readonly ok: false; readonly status: 400 | 404; readonly message: string }

export function done(body?: unknown): Outcome {
  return body === undefined ? { ok: true } : { ok: true, body }
}

export function bad(message: string): Outcome & { readonly ok: false } {
  return { ok: false, status: 400, message }
}

export function absent(message: string): Outcome & { readonly ok: false } {
  return { ok: false, status: 404, message }
}

export type Parsed<T> = { readonly ok: true; readonly value: T } | (Outcome & { readonly ok: false })

/** Reads a JSON body of the given shape. */
export function parseBody<T>(text: string, schema: z.ZodType<T>): Parsed<T> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return bad('The body is not JSON.')
  }
  const parsed = schema.safeParse(value)
  return parsed.success ? { ok: true, value: parsed.data } : bad(`The body does not fit: ${z.prettifyError(parsed.error)}`)
}

/** The tenant with a control-port name. */
export function tenantNamed(
  world: World,
  name: string,
): { readonly ok: true; readonly tenant: Tenant } | (Outcome & { readonly ok: false }) {
  const tenant = findTenant(world, name)
  if (tenant) return { ok: true, tenant }
  return absent(`There is no tenant "${name}". The tenants are ${[...world.tenants.values()].map((other) => other.name).join(', ')}.`)
}

/** The first property that a Graph type does not have, among those written. */
export function unknownProperty(
  written: Readonly<Record<string, unknown>>,
  ...known: readonly Readonly<Record<string, unknown>>[]
): string | undefined {
  return Object.keys(written).find((name) => !known.some((shape) => Object.hasOwn(shape, name)))
}
