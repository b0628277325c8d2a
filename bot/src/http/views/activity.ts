import { alertRuleOf, alertRules } from '@countersign/core/alerts/catalogue.ts'
import { actions, findAction } from '@countersign/core/actions/catalogue.ts'
import type { ActivityItem } from '@countersign/core/api/activity.ts'
import { checkOf, checks } from '@countersign/core/posture/checks.ts'
import type { ActivityFilter, ActivityPlace, ActivityRow } from '../../store/activity.ts'

/** What each code means in words. */
const titles: Readonly<Record<string, string>> = {
  'scan.finished': 'Scan finished',
  'scan.judged': 'Stored facts judged again',
  'scan.failed': 'Scan failed',
  'scan.stopped': 'Scan stopped',
  'scan.queued': 'Scan is about to start',
  'scan.collecting': 'Scan under way',
  'scan.judging': 'Scan under way',
  'finding.opened': 'Finding opened',
  'finding.closed': 'Finding closed',
  'finding.returned': 'Finding back again',
  'finding.fixed': 'Finding fixed, waiting for the next scan',
  'journal.proposed': 'Change proposed',
  'journal.confirmedFirst': 'Change countersigned by the first person',
  'journal.confirmed': 'Change countersigned',
  'journal.rejected': 'Change declined',
  'journal.expired': 'Proposal expired',
  'journal.superseded': 'Proposal replaced',
  'journal.stale': 'Not carried out: the object has changed',
  'journal.settled': 'Settled by a person',
  'journal.ended.verified': 'Carried out and verified',
  'journal.ended.failed': 'Not carried out',
  'journal.ended.verifyFailed': 'The check afterwards failed',
  'journal.ended.partlyDone': 'Stopped after some steps',
  'journal.ended.indeterminate': 'Needs a person to look',
  'journal.ended.settled': 'Settled by a person',
  'journal.actionSwitched.true': 'Action switched on',
  'journal.actionSwitched.false': 'Action switched off',
  'journal.aidConnected': 'The Aid connected',
  'journal.aidDisconnected': 'The Aid disconnected',
  'suppression.set': 'Suppressed',
  'suppression.lifted': 'Suppression lifted',
  'suppression.expired': 'Suppression ended by its day',
  'exception.declared': 'Exception declared',
  'baseline.chosen': 'Baseline chosen',
  'baseline.set': 'Parameter of the baseline changed',
  'baseline.withdrawn': 'Own parameter withdrawn',
  'note.alertRule': 'Alert rule changed',
  'note.subscription': 'Alert messages chosen',
  'note.aid': 'Access',
  'sponsor.begun': 'Scheduled scans offered',
  'sponsor.ended': 'Scheduled scans ended',
  'alert.raised': 'Alert',
  'message.waiting': 'Alert message waits',
  'message.sending': 'Alert message is being sent',
  'message.delivered': 'Alert message delivered',
  'message.failed': 'Alert message failed',
  'message.dropped': 'Alert message not sent',
  'message.unclear': 'Alert message may have arrived',
}

const messageWords: Readonly<Record<string, string>> = { immediate: 'At once', digest: 'Daily digest', test: 'Test' }
const settingPaths: Readonly<Record<string, string>> = {
  'note.alertRule': '/settings/alerts',
  'note.subscription': '/settings/alerts',
  'note.aid': '/settings/aid',
  'sponsor.begun': '/settings/scans',
  'sponsor.ended': '/settings/scans',
  'exception.declared': '/settings/exceptions',
  'journal.aidConnected': '/settings/aid',
  'journal.aidDisconnected': '/settings/aid',
}

/** What a person typed, with the codes whose words hold it. */
export function searchFor(words: string | undefined): ActivityFilter['search'] {
  if (words === undefined || words.trim() === '') return undefined
  const wanted = words.trim().toLowerCase()
  const has = (text: string): boolean => text.toLowerCase().includes(wanted)
  return {
    words: words.trim(),
    whats: Object.keys(titles).filter((what) => has(titles[what] ?? '')),
    codes: [...checks, ...actions, ...alertRules].filter(({ title }) => has(title)).map(({ id }) => id),
  }
}

export function placeOf(text: string): ActivityPlace {
  const [at = '', source = '', id = ''] = text.split('|')
  return { at, source, id }
}

export function activityItem({ at, source, id, kind, what, code, detail, by_name: byName, ref }: ActivityRow): ActivityItem {
  return {
    place: `${at}|${source}|${id}`,
    at,
    kind,
    title: titles[what] ?? (kind === 'finding' ? 'Finding changed' : 'Changed'),
    detail: detailOf(kind, code, detail),
    byName: kind === 'message' ? '' : byName,
    path: pathOf(kind, what, ref),
    ...(kind === 'message'
      ? { detail: [`To ${byName}`, messageWords[code] ?? code, detail].filter((part) => part !== '').join(' · ') }
      : {}),
  }
}

function detailOf(kind: ActivityItem['kind'], code: string, detail: string): string {
  if (kind === 'finding') {
    // A check's title says how it should be: without the word it would read as what was found.
    const check = checkOf(code)
    return `Check “${check?.title ?? code}”${detail === '1' ? '' : `, ${detail} objects`}`
  }
  const title = checkOf(code)?.title ?? findAction(code)?.title ?? alertRuleOf(code)?.title ?? ''
  return [title, detail].filter((part) => part !== '').join(': ')
}

function pathOf(kind: ActivityItem['kind'], what: string, ref: string): string | null {
  if (kind === 'finding' || what.startsWith('suppression.')) return `/findings/${encodeURIComponent(ref)}`
  if (kind === 'alert') return ref
  if (kind === 'change') return ref === '' ? '/actions/history' : `/receipts/${ref}`
  if (kind === 'scan') return '/changes'
  if (kind === 'message') return '/settings/alerts'
  return settingPaths[what] ?? null
}
