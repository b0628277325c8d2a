import type { Planter } from './planter.ts'
import { roleIdByName } from './reference.ts'
import type { Row } from './tenant.ts'

/** What a policy of a large company does; regions copy the same few, which is how there come to be dozens. */
const templates = [
  {
    key: 'mfa',
    name: 'Require multifactor authentication',
    conditions: {},
    controls: { builtInControls: ['mfa'] },
  },
  {
    key: 'legacy',
    name: 'Block legacy authentication',
    conditions: { clientAppTypes: ['exchangeActiveSync', 'other'] },
    controls: { builtInControls: ['block'] },
  },
  {
    key: 'risk',
    name: 'Block risky sign-ins',
    conditions: { signInRiskLevels: ['high'] },
    controls: { builtInControls: ['block'] },
  },
  {
    key: 'device',
    name: 'Require a compliant device',
    conditions: { platforms: { includePlatforms: ['windows', 'macOS'], excludePlatforms: [] } },
    controls: { builtInControls: ['compliantDevice', 'domainJoinedDevice'] },
  },
] as const
const regions = ['everywhere', 'Europe', 'Africa', 'Asia', 'Americas', 'subsidiaries'] as const

/** Two dozen policies: those for everywhere are enforced, every third of the regional ones was never turned on. */
export function largePolicies(planter: Planter, breakGlass: Row): void {
  regions.forEach((region, regionIndex) => {
    templates.forEach((template, index) => {
      const isForAll = regionIndex === 0
      const group = isForAll ? undefined : planter.group(`region-${regionIndex}`, { displayName: `People in ${region}` }, [])
      planter.policy(
        `${template.key}-${regionIndex}`,
        `${template.name} (${region})`,
        isForAll || (regionIndex + index) % 3 !== 0 ? 'enabled' : 'enabledForReportingButNotEnforced',
        template.conditions,
        { includeUsers: group ? [] : ['All'], includeGroups: group ? [group.id] : [], excludeGroups: [breakGlass.id] },
        template.controls,
        100 + regionIndex * 90 + index * 30,
      )
    })
  })
  planter.policy(
    'admins',
    'Require multifactor authentication for administrators',
    'enabled',
    {},
    {
      includeUsers: [],
      includeRoles: [roleIdByName('Global Administrator'), roleIdByName('Privileged Role Administrator')],
      excludeGroups: [breakGlass.id],
    },
    { builtInControls: ['mfa'] },
    900,
  )
}
