import { describe, expect, it } from '@jest/globals'
import type { AnyCheck } from '../../../core/posture/check.ts'
import { explain, unreadMessages } from '../../../core/posture/explain.ts'
import { unreadReasons } from '../../../core/posture/fact.ts'
import { factOf } from '../../../core/posture/facts.ts'
import { renderMessage } from '../../../core/text/message.ts'
import { application, blockingPolicy, holding, inDays, member, secret, servicePrincipal } from '../../build/facts.ts'
import { exampleChecks as checks, judged } from '../../build/judged.ts'
import type { Given } from '../../build/judged.ts'

const failing: Given = {
  applications: [application('a', secret('old', inDays(-1)), secret('soon', inDays(2)))],
  servicePrincipals: [servicePrincipal('s', secret('k', inDays(12)))],
  conditionalAccessPolicies: [blockingPolicy('p', { users: { excludeUsers: ['u1'] } })],
  roleAssignments: [holding('g', 'group'), ...Array.from({ length: 8 }, (_, index) => holding(`u${index}`))],
  roleEligibility: [holding('e1')],
  roleGroupMembers: [member('g', 'm1')],
  pimGroupEligibility: [],
}
const passing: Given = {
  applications: [application('a')],
  servicePrincipals: [],
  conditionalAccessPolicies: [blockingPolicy('p')],
  roleAssignments: [holding('u1'), holding('u2')],
  roleEligibility: [],
  roleGroupMembers: [],
  pimGroupEligibility: [],
}

function explained(given: Given) {
  return judged(given, { checks }).map((result, index) => {
    const check = checks[index]
    if (!check) throw new Error('There are more results than checks.')
    return { result, explanation: explain(check, result.outcome) }
  })
}

/** Whether a basis key leads to a row of the facts, or to the whole reading of one. */
function resolves(key: string, given: Given): boolean {
  const [id = '', ...rest] = key.split('/')
  const rows = given[id as keyof Given]
  const fact = factOf(id)
  if (!fact || rows === undefined || typeof rows === 'string') return false
  return rest.join('/') === '' || rows.some((row) => fact.key(row) === rest.join('/'))
}

describe('explanations', () => {
  it.each([
    ['failing', failing],
    ['passing', passing],
  ] as const)('of a %s tenant rest on facts that are there', (_name, given) => {
    for (const { explanation } of explained(given)) {
      const keys = [...explanation.basis, ...explanation.objects.flatMap(({ basis }) => basis)]
      expect(keys.length).toBeGreaterThan(0)
      expect(keys.filter((key) => !resolves(key, given))).toEqual([])
      expect(explanation.objects.every(({ basis }) => basis.length > 0)).toBe(true)
    }
  })

  it('have a title, a reason and a sentence for each object', () => {
    const all = explained(failing)
    expect(all.map(({ result }) => result.outcome.verdict)).toEqual(['fail', 'fail', 'fail', 'fail'])
    for (const { explanation } of all) {
      expect(explanation.objects.length).toBeGreaterThan(0)
      for (const sentence of [explanation.title, explanation.reason, ...explanation.objects.map((object) => object.sentence)])
        expect(sentence).toMatch(/^\S.{5,}$/)
    }
  })

  it('are the same bytes for the same facts', () => {
    expect(JSON.stringify(explained(failing))).toBe(JSON.stringify(explained(failing)))
  })

  it('say of everything unread what was not read, in a word for machines too', () => {
    for (const reason of unreadReasons) {
      const [first] = explained({ applications: reason, servicePrincipals: [] })
      expect(unreadMessages[reason]).toContain(`(${reason})`)
      expect(first?.explanation).toMatchObject({
        reason: expect.stringContaining('App registrations, their credentials and how people sign in to them'),
        basis: [],
        objects: [],
      })
    }
  })

  it('keep names from foreign hands as they are', () => {
    const name = '{count, plural, one {x}} <b>&amp; 2026-01-01T00:00:00Z'
    const { objects } = explain(
      checks[0] as AnyCheck,
      judged({ applications: [application('a', secret('k', inDays(-1), name))], servicePrincipals: [] })[0]?.outcome ?? {
        verdict: 'manual',
        reason: '',
        values: {},
      },
    )
    expect(objects[0]?.sentence).toContain(`“${name}”`)
  })

  it('refuse a reason that the entry does not list', () => {
    expect(() => explain(checks[0] as AnyCheck, { verdict: 'pass', reason: 'nonsense', values: {}, basis: [] })).toThrow(
      "the reason 'nonsense'",
    )
  })
})

describe('messages', () => {
  it('show times in UTC, whatever the machine thinks', () => {
    expect(renderMessage('{when, date, day}', { when: '2026-10-31T23:30:00-02:00' })).toBe('November 1, 2026')
    expect(renderMessage('{when, date, minute}', { when: '2026-10-31T23:30:00Z' })).toMatch(/^October 31, 2026.*11:30\sPM UTC$/u)
    expect(renderMessage('{when, date, day}', { when: '2026-11-01T00:00:00Z' }, 'de')).toBe('1. November 2026')
  })

  it('leave a text that looks like a time alone where it is not shown as one', () => {
    expect(renderMessage('{name}', { name: '2026-11-01T00:00:00Z' })).toBe('2026-11-01T00:00:00Z')
  })

  it('refuse to be shown without a value', () => {
    expect(() => renderMessage('{name} is here', {})).toThrow("The message '{name} is here' cannot be rendered")
  })
})
