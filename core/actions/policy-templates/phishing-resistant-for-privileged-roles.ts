import { builtInRoles } from '../../data/directory-roles.ts'
import { everyApplication, everyClient, phishingResistant, definePolicyTemplate } from './template.ts'
export const phishingResistantForPrivilegedRolesTemplate = definePolicyTemplate({
  id: 'phishing-resistant-for-privileged-roles',
  displayName: 'Countersign: phishing-resistant sign-in for privileged roles',
  asks: 'a security key, passkey, Windows Hello or certificate',
  people: 'holders of a role that Microsoft calls privileged',
  baseline: 'MS.AAD.3.6v1',
  licence: 'p1',
  users: {
    includeUsers: [],
    includeRoles: [...builtInRoles.values()].filter(({ isPrivileged }) => isPrivileged).map(({ templateId }) => templateId),
  },
  applications: everyApplication,
  conditions: everyClient,
  grantControls: phishingResistant,
})
