import { describe, expect, it } from '@jest/globals'
import type { AnyCheck, VerdictName } from '../../core/posture/check.ts'
import { explain } from '../../core/posture/explain.ts'
import { objectsOf, outcome } from './judged.ts'
import type { Given } from './judged.ts'

export interface CheckCase {
  readonly name: string
  /** What differs from the tenant that passes. */
  readonly given: Given
  readonly verdict: VerdictName
  readonly reason?: string
  /** Affected objects as `id/part`, in order. */
  readonly objects?: readonly string[]
  /** Part of a sentence that a person reads. */
  readonly says?: string
}

/** A check over a tenant that passes, over changes of it, and without each fact that it needs. */
export function describeCheck(check: AnyCheck, fine: Given, cases: readonly CheckCase[]): void {
  describe(check.id, () => {
    it('passes, and says so', () => {
      const verdict = outcome(check.id, fine)
      expect(verdict).toMatchObject({ verdict: 'pass' })
      const { title, reason, basis } = explain(check, verdict)
      for (const sentence of [title, reason]) expect(sentence).toMatch(/^[^{}]{6,}$/)
      expect(basis.length).toBeGreaterThan(0)
    })

    it.each(cases)('$name', ({ given, verdict: wanted, reason: wantedReason, objects: wantedObjects, says }) => {
      const verdict = outcome(check.id, { ...fine, ...given })
      expect(verdict).toMatchObject({ verdict: wanted, ...(wantedReason === undefined ? {} : { reason: wantedReason }) })
      if (wantedObjects) expect(objectsOf(verdict)).toEqual(wantedObjects)
      const { title, reason, objects } = explain(check, verdict)
      const sentences = [title, reason, ...objects.map(({ sentence }) => sentence)]
      for (const sentence of sentences) expect(sentence).toMatch(/^\S.{5,}$/)
      expect(objects.every(({ basis }) => basis.length > 0)).toBe(true)
      if (says !== undefined) expect(sentences.join('\n')).toContain(says)
    })

    it.each(Object.keys(fine))('is unknown without %s', (fact) => {
      expect(outcome(check.id, { ...fine, [fact]: 'scope' })).toMatchObject({ verdict: 'unknown', reason: 'scope', fact })
      expect(outcome(check.id, { ...fine, [fact]: undefined })).toMatchObject({ verdict: 'unknown', reason: 'notYet', fact })
    })

    it('has a case that fails or warns', () => {
      expect(cases.some(({ verdict }) => verdict === 'fail' || verdict === 'warn')).toBe(true)
    })
  })
}
