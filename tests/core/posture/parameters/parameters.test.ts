import { describe, expect, it } from '@jest/globals'
import { baselines } from '../../../../core/posture/baselines.ts'
import { defaultBaseline } from '../../../../core/posture/baselines/default.ts'
import { checks } from '../../../../core/posture/checks.ts'
import { comparedWith, contradictionIn, ownValuesOf, parametersInForce, readValue } from '../../../../core/posture/parameters/in-force.ts'
import type { Parameter, ParameterValue } from '../../../../core/posture/parameters/parameter.ts'
import { parameterOf, parameters } from '../../../../core/posture/parameters/parameters.ts'
import { watched } from '../../../../core/posture/parameters/watch.ts'
import { limitsText, ownValueSentence, valueText } from '../../../../core/posture/parameters/words.ts'
import { fc } from '../../../random.ts'
import { valueOf } from './random-values.ts'

const said = { reason: 'Because', by: 'o1', byName: 'Ada', at: '2026-11-01T00:00:00Z' }

function known(id: string): Parameter {
  const parameter = parameterOf(id)
  if (!parameter) throw new Error(`There is no parameter ${id}.`)
  return parameter
}

describe('the catalogue of parameters', () => {
  it('covers every value of a baseline, each once', () => {
    const seen: string[] = []
    const all = watched(defaultBaseline.parameters, (id) => seen.push(id))
    expect(JSON.parse(JSON.stringify(all))).toEqual(defaultBaseline.parameters)
    expect([...seen].sort()).toEqual(parameters.map(({ id }) => id).sort())
  })

  it('names checks that exist, and says what a value means', () => {
    const ids = new Set(checks.map(({ id }) => id))
    for (const { checks: rest, meaning, title } of parameters) {
      expect(rest.filter((id) => !ids.has(id))).toEqual([])
      expect(rest.length).toBeGreaterThan(0)
      expect(meaning).toMatch(/\.$/)
      expect(title).toMatch(/^[A-Z]/)
    }
  })

  it('takes the values of every baseline as its own', () => {
    for (const { parameters: own } of baselines) {
      for (const parameter of parameters) expect(readValue(parameter, parameter.of(own))).toMatchObject({ ok: true })
      expect(contradictionIn(own)).toBeUndefined()
    }
  })

  it.each([
    ['inactiveDays', 13, 'must be a whole number of days from 14 to 365'],
    ['inactiveDays', 90.5, 'must be a whole number of days from 14 to 365'],
    ['inactiveDays', '90', 'must be a whole number of days from 14 to 365'],
    ['inOnePolicy', 'yes', 'must be true or false'],
    ['signInRiskLevels', [], 'must be a list of one or more of high, medium, low, each once'],
    ['signInRiskLevels', ['high', 'high'], 'must be a list of one or more of high, medium, low, each once'],
    ['signInRiskLevels', ['severe'], 'must be a list of one or more of high, medium, low, each once'],
  ])('%s takes no %j', (id, value, problem) => {
    expect(readValue(known(id), value)).toEqual({ ok: false, problem })
  })

  it('says of each value whether it asks for less', () => {
    const compared = (id: string, value: ParameterValue, own: ParameterValue) => comparedWith(known(id), value, own)
    expect(compared('inactiveDays', 30, 90)).toBe('stricter')
    expect(compared('inactiveDays', 91, 90)).toBe('looser')
    expect(compared('inactiveDays', 90, 90)).toBe('same')
    expect(compared('secretFailDays', 1, 7)).toBe('looser')
    expect(compared('inOnePolicy', false, true)).toBe('looser')
    expect(compared('authenticatorCodesAllowed', true, false)).toBe('looser')
    expect(compared('signInRiskLevels', ['high'], ['high', 'medium'])).toBe('looser')
    expect(compared('signInRiskLevels', ['medium', 'high'], ['high', 'medium'])).toBe('same')
    expect(compared('signInRiskLevels', ['low'], ['high'])).toBe('different')
    const [restricted = '', limited = ''] = defaultBaseline.parameters.guestRoleIds
    expect(compared('guestRoles', [restricted, limited, 'a0b1b346-4d3e-4e8b-98f8-753987be4970'], [restricted, limited])).toBe('looser')
  })

  it('says values, limits and own values in words', () => {
    expect(valueText(known('inactiveDays'), 1)).toBe('1 day')
    expect(valueText(known('signInRiskLevels'), ['medium', 'high'])).toBe('High; Medium')
    expect(valueText(known('inOnePolicy'), false)).toBe('no')
    expect(parameters.map(limitsText).filter((text) => text.length < 5)).toEqual([])
    expect(ownValueSentence({ parameter: 'inactiveDays', value: 30, baselineValue: 90, reason: 'Projects are short' })).toBe(
      'Own value, Days until an account is left behind: 30 days instead of the baseline’s 90 days, because “Projects are short”.',
    )
  })

  it('contradictions are told', () => {
    const set = (id: string, value: number) => contradictionIn(parametersInForce(defaultBaseline, [{ parameter: id, value, ...said }]))
    expect(set('globalAdministratorsLeast', 9)).toBe('The fewest Global Administrators (9) would be more than the most (8).')
    expect(set('secretFailDays', 31)).toMatch(/^A credential would fail 31 days before its end/)
  })
})

describe('own values', () => {
  it('take the place of the baseline’s, one by one and in any order; all others stay', () => {
    const any = fc
      .constantFrom(...parameters)
      .chain((parameter) => fc.record({ parameter: fc.constant(parameter), value: valueOf(parameter) }))
    const chosen = fc.uniqueArray(any, { selector: ({ parameter }) => parameter.id })
    fc.assert(
      fc.property(fc.constantFrom(...baselines), chosen, (baseline, list) => {
        const overrides = list.map(({ parameter: { id }, value }) => ({ parameter: id, value: readable(value), ...said }))
        const inForce = parametersInForce(baseline, overrides)
        expect(parametersInForce(baseline, [...overrides].reverse())).toEqual(inForce)
        for (const parameter of parameters) {
          const own = list.find((entry) => entry.parameter === parameter)
          const expected = readValue(parameter, own ? own.value : parameter.of(baseline.parameters))
          expect(readValue(parameter, parameter.of(inForce))).toEqual(expected)
        }
        const told = [...ownValuesOf(baseline, overrides).keys()]
        const differing = parameters.filter(
          (parameter) => comparedWith(parameter, parameter.of(inForce), parameter.of(baseline.parameters)) !== 'same',
        )
        expect(told).toEqual(differing.map(({ id }) => id))
      }),
      { numRuns: 100 },
    )
  })

  it('pass over what this version does not know', () => {
    const odd = [
      { parameter: 'retired', value: 3, ...said },
      { parameter: 'inactiveDays', value: 5, ...said },
    ]
    expect(parametersInForce(defaultBaseline, odd)).toEqual(defaultBaseline.parameters)
    expect(ownValuesOf(defaultBaseline, odd).size).toBe(0)
  })
})

/** As JSON gives it. */
function readable(value: ParameterValue): number | boolean | string[] {
  return typeof value === 'number' || typeof value === 'boolean' ? value : [...value]
}
