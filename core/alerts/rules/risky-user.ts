import { choiceOf, defineAlertRule } from '../rule.ts'

const rank = { low: 1, medium: 2, high: 3 } as const

/** People whom Microsoft holds for at risk now. */
export const riskyUser = defineAlertRule({
  id: 'risky-user',
  title: 'Risky user',
  meaning: 'Microsoft holds a person’s account for at risk, at this level or above.',
  severity: 'high',
  parameters: [
    {
      kind: 'choice',
      name: 'level',
      title: 'From level',
      choices: [
        { id: 'low', title: 'Low' },
        { id: 'medium', title: 'Medium' },
        { id: 'high', title: 'High' },
      ],
      starts: 'high',
    },
  ],
  firstLook: 'remembers',
  needs: 'viewFindings',
  look({ riskyUsers }, values) {
    if (riskyUsers === 'notKnown') return { user: riskyUsers }
    const least = rank[levelOf(choiceOf(riskyUser, values, 'level'))]
    const meant = riskyUsers.filter(({ level }) => rank[level] >= least)
    return { user: meant.map(({ id, name, level }) => ({ key: id, name, values: { level }, path: '/findings/risky-users-handled' })) }
  },
  say: (name, { level }) => `${name} is at risk (level ${String(level)}).`,
})

function levelOf(value: string): keyof typeof rank {
  return value === 'low' || value === 'medium' ? value : 'high'
}
