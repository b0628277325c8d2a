import { listApplications, type ApplicationLine, type ApplicationsView } from '@countersign/core/api/applications.ts'
import { levelOf } from '@countersign/core/posture/rules/application-risk.ts'
import { sampleNow } from './sample-posture.ts'
import { application } from './sample-applications.ts'
import { asOf, day, evidence, guid, iso, payrollId } from './sample-application-evidence.ts'

const names = [
  'Payroll Sync',
  'Invoice Robot',
  'Contoso Travel',
  'Power BI gateway',
  'Backup365',
  'Legacy CRM connector',
  'Intranet search',
  'Badge printing',
  'Expense Approvals',
  'Integration Platform for Human Resources, Payroll and Time Recording of the Nordic Region',
] as const
const publishers = ['tenant', 'unverified', 'verified', 'microsoft', 'none'] as const
const sentences = [
  'It has the application permission RoleManagement.ReadWrite.Directory of Microsoft Graph, which reaches the control of the tenant.',
  'A secret works, for longer than a year in all.',
  'Nobody has verified who publishes it.',
  'It is registered here and nobody owns it.',
] as const

/** Applications worst first; `count` of them. */
export function applicationLines(count: number): ApplicationLine[] {
  return Array.from({ length: count }, (_, index) => {
    const score = index === 0 ? application.score : Math.max(0, Math.round(72 - index * (72 / Math.max(count, 20))))
    return {
      id: index === 0 ? payrollId : guid(1, index),
      appId: index === 0 ? evidence.appId : guid(4, index),
      name: index < names.length ? (names[index] ?? '') : `${names[index % names.length] ?? ''} ${index}`,
      publisher: publishers[index % publishers.length] ?? 'none',
      isEnabled: index % 9 !== 8,
      score,
      level: levelOf(score),
      because: score === 0 ? null : (sentences[index % sentences.length] ?? null),
      permissions: { application: 2 + ((index * 7) % 12), delegated: (index * 3) % 9, control: index % 6 === 0 ? 1 + (index % 3) : 0 },
      credentials: index % 4,
      nextEnd: index % 4 === 0 ? null : iso(3 + index * 9),
      owners: index % 3,
    }
  })
}

export function applicationsOf(lines: readonly ApplicationLine[]): ApplicationsView {
  const groups = new Map<string, ApplicationsView['tally'][number]>()
  for (const { publisher, level } of lines) {
    const key = `${publisher} ${level}`
    groups.set(key, { publisher, level, count: (groups.get(key)?.count ?? 0) + 1 })
  }
  return listApplications.answer.parse({
    asOf,
    notKnown: null,
    count: lines.length,
    tally: [...groups.values()],
    applications: lines,
    next: null,
  })
}

export const applications: readonly ApplicationLine[] = applicationLines(46)
export const sampleEnd = (within: number): string => new Date(Date.parse(sampleNow) + within * day).toISOString()
