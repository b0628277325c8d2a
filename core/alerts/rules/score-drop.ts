import { dayMs } from '../../day.ts'
import { defineAlertRule, numberOf } from '../rule.ts'

/** The score against its best within some days. */
export const scoreDrop = defineAlertRule({
  id: 'score-drop',
  title: 'Score drop',
  meaning: 'The score is so many points below its best within so many days.',
  severity: 'high',
  parameters: [
    { kind: 'number', name: 'points', title: 'Drop', unit: 'points', least: 1, most: 50, starts: 5 },
    { kind: 'number', name: 'days', title: 'Within', unit: 'days', least: 1, most: 30, starts: 7 },
  ],
  firstLook: 'remembers',
  needs: 'viewPosture',
  look({ scores, now }, values) {
    const latest = scores.at(-1)
    if (!latest) return { score: 'notKnown' }
    const since = now - numberOf(scoreDrop, values, 'days') * dayMs
    const best = Math.max(latest.value, ...scores.filter(({ at }) => at >= since).map(({ value }) => value))
    if (best - latest.value < numberOf(scoreDrop, values, 'points')) return { score: [] }
    return { score: [{ key: 'score', name: '', values: { from: best, to: latest.value }, path: '/changes' }] }
  },
  say: (_name, { from, to }) => `The score fell from ${from} to ${to}.`,
})
