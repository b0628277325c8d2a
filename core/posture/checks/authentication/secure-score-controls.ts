import { defineCheck } from '../../check.ts'
import type { AffectedObject } from '../../check.ts'
import { factKey } from '../../fact.ts'

/** Categories of Secure Score that are about who signs in. */
const identity = ['identity', 'azuread']

export const secureScoreControls = defineCheck({
  id: 'secure-score-controls',
  code: 'SC-01',
  area: 'authentication',
  severity: 'info',
  title: "Microsoft's Secure Score finds every identity control begun",
  failTitle:
    "{count, plural, one {# identity control of Microsoft's Secure Score has} other {# identity controls of Microsoft's Secure Score have}} no points",
  why: 'It is the view of Microsoft on the same tenant, by its own rules. Where it differs from what is found here, one of the two deserves a second look.',
  reasons: {
    noScore: 'Microsoft has not computed a Secure Score with identity controls for this tenant.',
    begun: 'On {day}, each of {controls, plural, one {# identity control} other {# identity controls}} had points.',
    without: 'On {day}, {count} of {controls, plural, one {# identity control} other {# identity controls}} had no points: {names}.',
  },
  objectReason: 'Secure Score gave it {score} points on {day}.',
  remediation: [
    'Open Secure Score and look at the recommended action of that name.',
    'Follow it, or mark it there as met in another way or as accepted risk.',
  ],
  portal: 'https://security.microsoft.com/securescore?viewid=actions',
  frameworks: {},

  needs: ['secureScores'],
  judge({ secureScores }) {
    const [latest] = [...secureScores].sort((left, right) => Date.parse(right.createdDateTime) - Date.parse(left.createdDateTime))
    const controls = (latest?.controlScores ?? []).filter(({ controlCategory }) => identity.includes(controlCategory?.toLowerCase() ?? ''))
    if (!latest || controls.length === 0) return { verdict: 'notApplicable', reason: 'noScore', values: {} }
    const basis = [factKey('secureScores', latest.id)]
    const day = latest.createdDateTime.slice(0, 10)
    const objects = controls
      .filter(({ score }) => score <= 0)
      .map(({ controlName, score }): AffectedObject => ({
        ...{ type: 'tenant', id: controlName, name: controlName, basis },
        values: { score, day },
      }))
    const values = { day, controls: controls.length, count: objects.length, names: objects.map(({ name }) => name).join(', ') }
    if (objects.length === 0) return { verdict: 'pass', reason: 'begun', values, basis }
    return { verdict: 'warn', reason: 'without', values, objects, basis }
  },
})
