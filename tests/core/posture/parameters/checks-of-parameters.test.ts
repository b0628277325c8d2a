import { describe, expect, it } from '@jest/globals'
import { defaultBaseline } from '../../../../core/posture/baselines/default.ts'
import type { AnyCheck } from '../../../../core/posture/check.ts'
import { checks } from '../../../../core/posture/checks.ts'
import { comparedWith, parametersInForce, readValue } from '../../../../core/posture/parameters/in-force.ts'
import type { Override } from '../../../../core/posture/parameters/override.ts'
import type { Parameter, ParameterValue } from '../../../../core/posture/parameters/parameter.ts'
import { parameters } from '../../../../core/posture/parameters/parameters.ts'
import { judged, type Given } from '../../../build/judged.ts'
import { soundLicences, soundSettings, soundTenant } from '../../../build/sound-tenant.ts'
import { flipLists } from '../flips/all.ts'
import { withField } from '../flips/flip.ts'

/** Another value than the baseline's, so that a verdict which looks at it is marked. */
function otherValue(parameter: Parameter): ParameterValue {
  const own = parameter.of(defaultBaseline.parameters)
  if (parameter.kind === 'number') return own === parameter.most ? parameter.most - 1 : Number(own) + 1
  if (parameter.kind === 'yesNo') return own !== true
  const ids = parameter.choices.map(({ id }) => id)
  return ids.length === parameter.of(defaultBaseline.parameters).length ? ids.slice(1) : ids
}

const overrides = parameters.map((parameter): Override => {
  const read = readValue(parameter, otherValue(parameter))
  if (!read.ok) throw new Error(`${parameter.id} ${read.problem}.`)
  const value = typeof read.value === 'object' ? [...read.value] : read.value
  return { parameter: parameter.id, value, reason: 'Because', by: 'ada', byName: 'Ada', at: '2026-11-01T00:00:00Z' }
})

/** The check's sound tenant, and with each of its fields as it should not be. */
function tenantsOf(check: AnyCheck): readonly { readonly given: Given; readonly settings: object }[] {
  return flipLists.flatMap((list) =>
    Object.entries(list).flatMap(([code, { given, settings = {}, fields }]) => {
      if (code !== check.code) return []
      const sound: Given = { ...soundTenant, ...given }
      // Every day one field of each fact, in the drill every field.
      const facts = fields.map(({ fact }) => fact)
      const asked = process.env['DRILL'] ? fields : fields.filter(({ fact }, index) => facts.indexOf(fact) === index)
      const flipped = asked.map((field) => ({ ...sound, [field.fact]: withField(sound[field.fact], field, field.to) }))
      return [sound, ...flipped].map((one) => ({ given: one, settings }))
    }),
  )
}

/** Parameters that the check looked at in any of these tenants. */
function lookedAt(check: AnyCheck): readonly string[] {
  const seen = tenantsOf(check).flatMap(({ given, settings }) =>
    judged(given, { checks: [check], settings: { ...soundSettings, ...settings, overrides }, licences: soundLicences }).flatMap(
      ({ outcome }) => ('ownValues' in outcome ? (outcome.ownValues ?? []).map(({ parameter }) => parameter) : []),
    ),
  )
  return [...new Set(seen)].sort()
}

describe('the checks beside a parameter', () => {
  it('are looked for with a value of each that is not the baseline’s', () => {
    const inForce = parametersInForce(defaultBaseline, overrides)
    for (const parameter of parameters)
      expect(comparedWith(parameter, parameter.of(inForce), parameter.of(defaultBaseline.parameters))).not.toBe('same')
  })

  it('are exactly those that look at it', () => {
    const looked = Object.fromEntries(checks.map((check) => [check.id, lookedAt(check)] as const).filter(([, ids]) => ids.length > 0))
    const named: Record<string, string[]> = {}
    for (const { id, checks: ids } of parameters) for (const check of ids) (named[check] ??= []).push(id)
    for (const list of Object.values(named)) list.sort()
    expect(named).toEqual(looked)
  })
})
