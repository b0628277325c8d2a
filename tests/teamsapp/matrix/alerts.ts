import { firstRun } from '../sample-posture.ts'
import { activity, members, myAlerts, noAlerts, ruleViews } from '../sample-alerts.ts'
import { common, failing, forbidden, loading, shown, strongestWithout, without, type MatrixPage } from './cell.ts'

const quiet = ruleViews.map((rule) => ({ ...rule, standing: 0, lastRaisedAt: null, changed: null }))

/** Sections of Settings about who is told what, who may do what, and what happened. */
export const alertsPages: readonly MatrixPage[] = [
  {
    name: 'settings-members',
    path: '/settings/members',
    cells: {
      ...common('get-members'),
      loading: loading('get-members', 'Being read.'),
      firstRun: without('Members are read from Entra, now: they are the same before the first scan.'),
      empty: shown('Members could not be read.', {
        members: { ...members, members: [], notRead: 'Microsoft Graph refused /servicePrincipals (Authorization_RequestDenied).' },
      }),
      partial: shown('The list is not whole.'),
      full: shown('What each role may do', { members: { ...members, notRead: null } }),
    },
  },
  {
    name: 'settings-alerts',
    path: '/settings/alerts',
    cells: {
      loading: loading('list-alert-rules', 'Being read.'),
      error: failing('list-alert-rules'),
      forbidden: forbidden('list-alert-rules'),
      firstRun: shown('Nothing is sent to you.', { overview: firstRun, myAlerts: noAlerts, alertRules: quiet }),
      empty: shown('Your chat with Countersign is not known.', { myAlerts: { ...noAlerts, chat: { ...noAlerts.chat, isKnown: false } } }),
      partial: shown('Changing rules needs the role Owner or Administrator.', {
        me: strongestWithout('manageAlerts'),
        mayChangeAlerts: false,
      }),
      full: shown('Sent to me', { myAlerts }),
    },
  },
  {
    name: 'settings-activity',
    path: '/settings/activity',
    cells: {
      ...common('list-activity'),
      loading: loading('list-activity', 'Being read.'),
      firstRun: shown('Nothing has happened yet.', { activity: [], overview: firstRun }),
      empty: shown('Nothing fits the choice.', {}, '/settings/activity?search=nothing-is-called-so'),
      partial: shown('Scan finished', { activity: activity.slice(0, 1) }),
      full: shown('Show earlier activity'),
    },
  },
]
