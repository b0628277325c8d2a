import { acts, type Command } from './command.ts'

/** Commands for policies and settings of the tenant. */
export const policyCommands: readonly Command[] = [
  acts('policy-to-report-only', {
    words: ['set policy', 'switch policy'],
    wide: ['policy'],
    joint: ['to report-only', 'to report only'],
    help: 'Proposes that a Conditional Access policy only reports. “Policy” alone is enough before the name.',
  }),
  acts('enforce-policy', {
    words: ['enforce policy', 'switch on policy', 'turn on policy'],
    help: 'Proposes to switch a report-only policy on.',
  }),
  acts('create-policy', {
    words: ['create policy'],
    joint: ['leaving out'],
    help: 'Proposes a new policy that only reports, from a template, leaving out your emergency access accounts.',
  }),
  acts('enable-admin-consent-workflow', {
    words: ['turn on consent workflow', 'enable consent workflow', 'turn on consent workflow for', 'enable consent workflow for'],
    help: 'Proposes that people can ask for applications, and who looks at the requests.',
  }),
  acts('restrict-user-consent', {
    words: ['restrict user consent', 'restrict user consent to', 'limit user consent to'],
    help: 'Proposes to limit what people may let applications do.',
  }),
  acts('restrict-guest-invitations', {
    words: ['restrict guest invitations', 'restrict guest invitations to', 'limit guest invitations to'],
    help: 'Proposes to limit who may invite guests.',
  }),
]
