import { describe, expect, it } from '@jest/globals'
import { checks } from '../../../core/posture/checks.ts'
import { sampleCases } from '../../samples/cases.ts'
import { verdicts } from '../../samples/verdicts.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** The input once for each member below `graph`, with that member left out, null, or of another type. */
function variants(input: Json): { readonly at: string; readonly kind: string; readonly input: Json }[] {
  const found: { at: string; kind: string; input: Json }[] = []
  walk([], input)
  return found

  function walk(path: readonly string[], value: Json): void {
    if (typeof value !== 'object' || value === null) return
    for (const [name, member] of Object.entries(value)) {
      const inner = [...path, name]
      const isMember = inner[0] === 'graph' && inner.length > 2 && !Array.isArray(value)
      if (isMember) {
        for (const [kind, instead] of [
          ['missing', undefined],
          ['null', null],
          ['retyped', typeof member === 'string' ? 7 : 'x'],
        ] as const) {
          found.push({ at: inner.slice(2).join('.'), kind, input: changed(input, inner, instead) })
        }
      }
      walk(inner, member)
    }
  }
}

function changed(value: Json, [name, ...rest]: readonly string[], instead: Json | undefined): Json {
  if (typeof value !== 'object' || value === null || name === undefined) throw new Error('The path does not lead to a member.')
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === name ? changed(item, rest, instead) : item))
  const copy: { [key: string]: Json } = { ...value }
  if (rest.length > 0) copy[name] = changed(value[name] ?? null, rest, instead)
  else if (instead === undefined) delete copy[name]
  else copy[name] = instead
  return copy
}

describe('answers with one member missing, null or of another type', () => {
  it.each(sampleCases)('never turn what was not a pass into one: $name', ({ input }) => {
    const before = verdicts(input)
    const better = variants(input as unknown as Json).flatMap(({ at, kind, input: variant }) => {
      const after = verdicts(variant)
      return checks
        .filter(({ id }) => before[id]?.verdict !== 'pass' && after[id]?.verdict === 'pass')
        .map(({ id }) => `${id}: ${at} ${kind}`)
    })
    expect(better).toEqual([])
  })

  /** Members that each passing answer needs; without them nobody can say that it passes. */
  it.each([
    [
      'the published secret, five days before its end',
      'app-secret-expired',
      ['id', 'appId', 'passwordCredentials', 'passwordCredentials.0.keyId', 'passwordCredentials.0.endDateTime'],
    ],
    ['applications without secrets', 'app-secret-expires-soon', ['id', 'appId', 'passwordCredentials']],
    [
      'the published policy made to block old clients',
      'legacy-authentication-blocked',
      [
        ...[
          'id',
          'state',
          'conditions',
          'grantControls.builtInControls',
          'conditions.users.includeUsers',
          'conditions.users.excludeUsers',
          'conditions.users.excludeGroups',
          'conditions.users.excludeRoles',
        ],
        ...[
          'conditions.applications',
          'conditions.applications.includeApplications',
          'conditions.applications.excludeApplications',
          'conditions.clientAppTypes',
          'conditions.signInRiskLevels',
        ],
      ],
    ],
    [
      'three administrators and an eligibility for another role',
      'global-administrator-count',
      ['id', 'principalId', 'roleDefinitionId', 'principal', 'principal.@odata.type'],
    ],
  ] as const)('%s: %s becomes unknown', (name, checkId, fields) => {
    const sample = sampleCases.find((candidate) => candidate.name === name)
    if (!sample) throw new Error(`There is no case called ${name}.`)
    const all = variants(sample.input as unknown as Json)
    for (const field of fields) {
      const touched = all.filter(({ at, kind }) => at === `value.0.${field}` && kind !== 'retyped')
      expect(touched.length).toBeGreaterThanOrEqual(2)
      for (const { input } of touched) expect(`${field} ${verdicts(input)[checkId]?.verdict}`).toBe(`${field} unknown`)
    }
  })
})
