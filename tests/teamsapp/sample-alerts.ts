import { alertRules } from '@countersign/core/alerts/catalogue.ts'
import type { AlertRule } from '@countersign/core/alerts/rule.ts'
import { activityItemSchema, type ActivityItem } from '@countersign/core/api/activity.ts'
import type { AlertMessageView, AlertRuleView, MyAlerts } from '@countersign/core/api/alerts.ts'
import { membersSchema, type Members } from '@countersign/core/api/members.ts'
import { chatUrl } from './sample-records.ts'

/** Made-up rules as chosen, messages, activity and members. */
export const ruleViews: readonly AlertRuleView[] = alertRules.map((rule, index) => ({
  id: rule.id,
  title: rule.title,
  meaning: rule.meaning,
  isOn: rule.id !== 'score-drop',
  severity: rule.severity,
  parameters: rule.parameters.map(parameterOf),
  standing: [3, 12, 0, 0, 2, 0, 0][index] ?? 0,
  lastRaisedAt: index === 1 ? '2026-11-21T14:02:00.000Z' : null,
  changed: rule.id === 'score-drop' ? { byName: 'Olaf Berg', at: '2026-11-18T09:10:00.000Z' } : null,
}))

function parameterOf(parameter: AlertRule['parameters'][number]): AlertRuleView['parameters'][number] {
  const { kind, name, title, starts } = parameter
  const shared = { kind, name, title, starts, value: starts }
  return parameter.kind === 'choice'
    ? { ...shared, unit: null, least: null, most: null, choices: [...parameter.choices] }
    : { ...shared, unit: parameter.unit, least: parameter.least, most: parameter.most, choices: [] }
}

const message: AlertMessageView = {
  id: '5b0d6c1a-9b8e-4d7c-8a6b-5c4d3e2f1a01',
  to: 'Maja Lindqvist',
  kind: 'immediate',
  state: 'delivered',
  alerts: 2,
  createdAt: '2026-11-21T14:02:10.000Z',
  notBefore: '2026-11-21T14:02:10.000Z',
  settledAt: '2026-11-21T14:02:12.000Z',
  detail: '',
}

/** Nobody has asked for anything. */
export const noAlerts: MyAlerts = {
  wants: null,
  nextDigestAt: null,
  muted: [],
  rules: alertRules.map(({ id, title }) => ({ id, title, isOn: id !== 'score-drop' })),
  chat: { isKnown: true, url: chatUrl },
  messages: [],
}

export const myAlerts: MyAlerts = {
  ...noAlerts,
  wants: {
    immediate: true,
    digest: true,
    hour: 8,
    timeZone: 'Europe/Zurich',
    weekdays: [1, 2, 3, 4, 5],
    quiet: { from: 20, to: 7 },
    rules: alertRules.map(({ id }) => id),
  },
  nextDigestAt: '2026-11-23T07:00:00.000Z',
  muted: [{ ruleId: 'risky-user', until: '2026-11-27T08:00:00.000Z' }],
  messages: [
    {
      ...message,
      id: '5b0d6c1a-9b8e-4d7c-8a6b-5c4d3e2f1a02',
      state: 'waiting',
      alerts: 1,
      createdAt: '2026-11-22T05:14:00.000Z',
      notBefore: '2026-11-22T09:00:00.000Z',
      settledAt: null,
      detail: 'The channel did not take it.',
    },
    message,
    {
      ...message,
      id: '5b0d6c1a-9b8e-4d7c-8a6b-5c4d3e2f1a03',
      kind: 'digest',
      state: 'failed',
      detail: 'No chat of the person with Countersign is known.',
    },
  ],
}

const kinds: readonly Omit<ActivityItem, 'place' | 'at'>[] = [
  { kind: 'scan', title: 'Scan finished', detail: '', byName: 'Maja Lindqvist', path: '/changes' },
  {
    kind: 'finding',
    title: 'Finding opened',
    detail: 'A guest owns an application with privileged permissions',
    byName: '',
    path: '/findings/guest-owns-privileged-app',
  },
  {
    kind: 'alert',
    title: 'Alert',
    detail: 'New control-plane grant: Payroll Sync',
    byName: '',
    path: '/findings/control-plane-permission',
  },
  { kind: 'message', title: 'Alert message delivered', detail: 'To Maja Lindqvist · At once', byName: '', path: '/settings/alerts' },
  {
    kind: 'change',
    title: 'Change countersigned',
    detail: 'Remove an owner of an application: Payroll Sync',
    byName: 'Maja Lindqvist',
    path: '/actions/history',
  },
  {
    kind: 'setting',
    title: 'Alert rule changed',
    detail: 'Alert rule “Score drop”: off, high, points 5, within 7',
    byName: 'Olaf Berg',
    path: '/settings/alerts',
  },
  { kind: 'aid', title: 'Access', detail: 'The Aid’s sign-in: lost', byName: '', path: '/settings/aid' },
]
export const activity: readonly ActivityItem[] = Array.from({ length: 63 }, (_, index) => {
  const at = new Date(Date.parse('2026-11-22T08:12:00.000Z') - index * 47 * 60_000).toISOString()
  return activityItemSchema.parse({ ...kinds[index % kinds.length], at, place: `${at}|scan|${index}` })
})

export const members: Members = membersSchema.parse({
  members: [
    { objectId: 'a1', name: 'Maja Lindqvist', type: 'person', roles: ['owner'], people: null, more: 0 },
    { objectId: 'a2', name: 'Olaf Berg', type: 'person', roles: ['admin'], people: null, more: 0 },
    {
      objectId: 'a3',
      name: 'Security readers',
      type: 'group',
      roles: ['reviewer'],
      people: ['Ines Duarte', 'Jonas Weiß', 'Priya Raman'],
      more: 0,
    },
    { objectId: 'a4', name: 'Service desk', type: 'group', roles: ['viewer'], people: null, more: 0 },
  ],
  notRead: 'The members of Service desk could not be read.',
  roles: [
    {
      role: 'owner',
      title: 'Owner',
      may: [
        'See findings, the objects they are about and what changed',
        'Connect and disconnect the Aid',
        'Declare exceptions and choose the baseline',
      ],
    },
    {
      role: 'admin',
      title: 'Administrator',
      may: ['See findings, the objects they are about and what changed', 'Propose changes', 'Countersign changes in the chat'],
    },
    {
      role: 'reviewer',
      title: 'Reviewer',
      may: ['See findings, the objects they are about and what changed', 'Save reports, lists and the journal'],
    },
    { role: 'viewer', title: 'Viewer', may: ['See the score and what each area loses'] },
  ],
  portalUrl: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Users/objectId/a0/appId/b0',
})
