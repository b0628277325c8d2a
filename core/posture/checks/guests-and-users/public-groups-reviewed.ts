import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { nameOr } from '../../rows/graph-values.ts'

export const publicGroupsReviewed = defineCheck({
  id: 'public-groups-reviewed',
  code: 'US-12',
  area: 'guestsAndUsers',
  severity: 'low',

  title: 'Microsoft 365 groups are private',
  failTitle: '{count, plural, one {# Microsoft 365 group is} other {# Microsoft 365 groups are}} public',
  why: 'Everybody in the organisation can read the files of a public group and join it, also the account of an intruder.',
  reasons: {
    private: 'No Microsoft 365 group is public.',
    public: '{count, plural, one {# Microsoft 365 group is} other {# Microsoft 365 groups are}} open to everybody in the organisation.',
  },
  objectReason:
    'Open to everybody in the organisation{known, select, true {} other { as far as can be told: its visibility is {visibility}}}.',
  remediation: ['Ask the owners whether the content is meant for everybody.', 'Make the group private, or note why it is public.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/GroupsManagementMenuBlade/~/AllGroups',

  frameworks: { cis: ['1.2.1'], attack: ['T1213'] },

  each: ['groups'],
  needs: [],
  judge({ row }) {
    if (!row.groupTypes.includes('Unified') || ['private', 'hiddenmembership'].includes(row.visibility?.toLowerCase() ?? '')) return []
    const known = String(row.visibility?.toLowerCase() === 'public')
    const values = { known, visibility: row.visibility ?? 'not given' }
    const object = { type: 'group', id: row.id, name: nameOr(row.displayName, row.id), values, basis: [factKey('groups', row.id)] } as const
    return [{ verdict: 'warn', object }]
  },
  summary: { pass: 'private', fail: 'public', warn: 'public' },
})
