import { choiceOf, defineAlertRule } from '../rule.ts'

/** Findings that open or come back. */
export const criticalFinding = defineAlertRule({
  id: 'critical-finding',
  title: 'New critical finding',
  meaning: 'A finding of this severity has opened, or has come back.',
  severity: 'critical',
  parameters: [
    {
      kind: 'choice',
      name: 'severities',
      title: 'Severities',
      choices: [
        { id: 'critical', title: 'Critical' },
        { id: 'high', title: 'Critical and high' },
      ],
      starts: 'critical',
    },
  ],
  firstLook: 'remembers',
  needs: 'viewFindings',
  look({ findings }, values) {
    if (findings === 'notKnown') return { finding: findings }
    const withHigh = choiceOf(criticalFinding, values, 'severities') === 'high'
    const meant = findings.filter(({ severity }) => severity === 'critical' || (withHigh && severity === 'high'))
    return {
      finding: meant.map(({ key, checkId, title, name, severity }) => ({
        key,
        name,
        values: { title, severity },
        path: `/findings/${encodeURIComponent(checkId)}`,
      })),
    }
  },
  say: (name, { title, severity }) =>
    `${severity === 'critical' ? 'Critical' : 'High'}: ${String(title)}${name === '' ? '' : ` (${name})`}.`,
})
