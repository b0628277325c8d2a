import { describe, expect, it } from '@jest/globals'
import { readdirSync } from 'node:fs'
import { alertRuleOf, alertRules } from '../../../core/alerts/catalogue.ts'
import { numberOf, parameterProblem, startingValues, type AlertValues, type Looked } from '../../../core/alerts/rule.ts'
import type { AlertView } from '../../../core/alerts/view.ts'
import { checkOf } from '../../../core/posture/checks.ts'
import { capabilities } from '../../../core/principal.ts'
import { dayMs, now, viewWith } from './view.ts'

const longAgo = now - 40 * dayMs
/** For each rule a view in which it has something to say, and one in which it just has not. */
const cases: Readonly<Record<string, { readonly speaks: Partial<AlertView>; readonly silent: Partial<AlertView>; readonly says: string }>> =
  {
    'critical-finding': {
      speaks: {
        findings: [{ key: 'k', checkId: 'guest-owns-app', title: 'A guest owns an application', name: 'Payroll', severity: 'critical' }],
      },
      silent: {
        findings: [{ key: 'k', checkId: 'guest-owns-app', title: 'A guest owns an application', name: 'Payroll', severity: 'high' }],
      },
      says: 'Critical: A guest owns an application (Payroll).',
    },
    'score-drop': {
      speaks: {
        scores: [
          { at: now - 6 * dayMs, value: 80 },
          { at: now, value: 75 },
        ],
      },
      silent: {
        scores: [
          { at: now - 8 * dayMs, value: 80 },
          { at: now - 6 * dayMs, value: 79 },
          { at: now, value: 75 },
        ],
      },
      says: 'The score fell from 80 to 75.',
    },
    'credential-expiring': {
      speaks: { credentials: [{ applicationId: 'a', name: 'Payroll', kind: 'secret', keyId: 'k', endsAt: now + 14 * dayMs }] },
      silent: {
        credentials: [
          { applicationId: 'a', name: 'Payroll', kind: 'secret', keyId: 'late', endsAt: now + 14 * dayMs + 1 },
          { applicationId: 'a', name: 'Payroll', kind: 'secret', keyId: 'ended', endsAt: now },
        ],
      },
      says: 'A secret of Payroll ends on 2026-12-06 (UTC).',
    },
    'control-plane-grant': {
      speaks: { permissionGrants: [{ id: 'g', name: 'Payroll', what: 'RoleManagement.ReadWrite.Directory' }] },
      silent: { permissionGrants: [], roleGrants: [] },
      says: 'Payroll now holds the application permission RoleManagement.ReadWrite.Directory.',
    },
    'risky-user': {
      speaks: { riskyUsers: [{ id: 'u', name: 'Bo', level: 'high' }] },
      silent: { riskyUsers: [{ id: 'u', name: 'Bo', level: 'medium' }] },
      says: 'Bo is at risk (level high).',
    },
    'scan-failing': {
      speaks: { scans: [true, true, false].map((failed, index) => ({ failed, at: now - index, problem: '' })) },
      silent: { scans: [true, false, true].map((failed, index) => ({ failed, at: now - index, problem: '' })) },
      says: 'The last 2 scans failed.',
    },
    'consent-lost': {
      speaks: { aidLost: 'it must sign in again.' },
      silent: { aidLost: null },
      says: 'The Aid cannot act: it must sign in again.',
    },
  }

function conditions(looked: Looked) {
  return Object.values(looked).flatMap((part) => (part === 'notKnown' ? [] : part))
}

describe('the catalogue of alert rules', () => {
  it('has one file a rule, each once, with a test of both sides', () => {
    const files = readdirSync(new URL('../../../core/alerts/rules', import.meta.url)).map((file) => file.replace('.ts', ''))
    expect(alertRules.map(({ id }) => id).toSorted()).toEqual(files.toSorted())
    expect(Object.keys(cases).toSorted()).toEqual(files.toSorted())
  })

  it.each(alertRules)('$id: parameters begin within their limits, and whoever is told may see it', (rule) => {
    expect(rule.id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(rule.meaning).toMatch(/^[A-Z].*\.$/)
    expect(Object.keys(capabilities)).toContain(rule.needs)
    const starts = startingValues(rule)
    for (const parameter of rule.parameters) {
      expect(parameterProblem(parameter, starts[parameter.name])).toBeUndefined()
      const outside = parameter.kind === 'number' ? [parameter.least - 1, parameter.most + 1, 1.5, '3', null] : ['other', 1, undefined]
      for (const value of outside) expect(parameterProblem(parameter, value)).toMatch(/^[A-Z].*\.$/)
    }
  })

  it.each(alertRules)('$id speaks and is silent where it should be', (rule) => {
    const { speaks, silent, says } = cases[rule.id] ?? { speaks: {}, silent: {}, says: '' }
    const values = startingValues(rule)
    const found = conditions(rule.look(viewWith(speaks), values))
    expect(found).toHaveLength(1)
    expect(found.map(({ name, values: said }) => rule.say(name, said))).toEqual([says])
    for (const { path } of found) {
      const checkId = /^\/findings\/(.+)$/.exec(path)?.[1]
      if (checkId !== undefined) expect(checkOf(checkId)?.id).toBe(checkId)
    }
    expect(conditions(rule.look(viewWith(silent), values))).toEqual([])
    expect(conditions(rule.look(viewWith(), values))).toEqual([])
  })

  it('what was not read is not known, part by part', () => {
    const unread = viewWith({
      findings: 'notKnown',
      scores: [],
      credentials: 'notKnown',
      permissionGrants: 'notKnown',
      riskyUsers: 'notKnown',
      readLost: 'notKnown',
    })
    const looked = Object.assign({}, ...alertRules.map((rule) => rule.look(unread, startingValues(rule)))) as Looked
    expect(
      Object.keys(looked)
        .filter((part) => looked[part] === 'notKnown')
        .toSorted(),
    ).toEqual(['credential', 'finding', 'permission', 'read', 'score', 'user'].toSorted())
  })

  it('parameters move the line', () => {
    const count = (id: string, view: Partial<AlertView>, values: AlertValues): number =>
      conditions(alertRuleOf(id)?.look(viewWith(view), values) ?? {}).length
    expect(count('critical-finding', cases['critical-finding']?.silent ?? {}, { severities: 'high' })).toBe(1)
    expect(count('risky-user', cases['risky-user']?.silent ?? {}, { level: 'medium' })).toBe(1)
    expect(count('score-drop', cases['score-drop']?.speaks ?? {}, { points: 6, days: 7 })).toBe(0)
    expect(count('score-drop', cases['score-drop']?.silent ?? {}, { points: 5, days: 30 })).toBe(1)
    expect(count('scan-failing', { scans: [{ failed: false, at: longAgo, problem: '' }] }, { scans: 2, days: 30 })).toBe(1)
    expect(count('scan-failing', { scans: [] }, { scans: 1, days: 1 })).toBe(0)
    expect(numberOf({ parameters: alertRuleOf('score-drop')?.parameters ?? [] }, { points: 99 }, 'points')).toBe(5)
  })
})
