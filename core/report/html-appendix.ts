import { renderMessage } from '../text/message.ts'
import { html, link, name, table, type Markup } from './html-parts.ts'
import { severityTitles, verdictTitles } from './html-words.ts'
import type { ParameterValue } from '../posture/parameters/parameter.ts'
import { parameterOf } from '../posture/parameters/parameters.ts'
import { valueText } from '../posture/parameters/words.ts'
import { declaredIn } from './json.ts'
import { isFailing, type Report } from './report.ts'

export function policySections(report: Report): Markup {
  const reasons = new Map(report.checks.map(({ check, reason }) => [check.id, reason]))
  return html`<h2 class="page" id="policies">Policies of frameworks</h2>
${report.policies.map(
  ({ baseline, isExact, verdicts }) =>
    html`${table(
      baseline.title,
      Object.entries(verdicts).sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true })),
      [
        { title: 'Policy', cell: ([policy]) => html`<span class="id">${policy}</span>` },
        { title: 'Verdict', isWord: true, cell: ([, { verdict }]) => html`<span class="tag ${verdict}">${verdictTitles[verdict]}</span>` },
        { title: 'Because', cell: ([, { decidedBy, reason }]) => reasons.get(decidedBy) ?? reason },
      ],
    )}${
      isExact
        ? html``
        : html`<p class="quiet">Judged with the parameters of ${report.baseline.title}, which differ from those of ${baseline.title}: ask for the report with this baseline for its own verdicts.</p>
`
    }`,
)}`
}

const unreadReasonTitles = {
  scope: 'A permission is missing',
  role: 'The person who scanned lacks a directory role',
  licence: 'Microsoft Graph asks for a licence',
  graph: 'Microsoft Graph did not answer in full',
  notYet: 'Not read yet',
  beta: 'Microsoft Graph offers it in beta only',
  shape: 'The answer is not in the documented shape',
} as const

export function unreadSection({ unread, checks }: Report, locale: string): Markup {
  const manual = checks.filter(({ outcome }) => outcome.verdict === 'manual')
  return html`<h2 id="unread">What was not read</h2>
${
  unread.length === 0
    ? html`<p>Everything that the checks need was read.</p>
`
    : html`<p>What was not read is neither good nor bad: these checks have no verdict.</p>
${table(renderMessage('{count, plural, one {# kind of fact} other {# kinds of facts}}', { count: unread.length }, locale), unread, [
  { title: 'What', cell: ({ title }) => title },
  { title: 'Why', cell: ({ reason, detail }) => html`${unreadReasonTitles[reason]}. <span class="quiet">${detail}</span>` },
  { title: 'Checks without a verdict', isNumber: true, cell: ({ checks: ids }) => ids.length },
])}`
}${
    manual.length === 0
      ? html``
      : table('A person has to look', manual, [
          { title: 'Check', cell: ({ check }) => check.title },
          { title: 'What to look at', cell: ({ reason }) => reason },
          { title: 'Where', cell: ({ check }) => link(check.portal, 'Entra admin center') },
        ])
  }`
}

export function acceptedSection(report: Report, locale: string): Markup {
  const declared = declaredIn(report)
  const day = (at: string | null): string => (at === null ? '' : renderMessage('{at, date, day}', { at }, locale))
  const titles = new Map(report.checks.map(({ check, title }) => [check.id, title]))
  return html`${ownValuesSection(report, locale)}<h2 id="accepted">What was declared or suppressed</h2>
${
  declared.length + report.suppressed.length === 0
    ? html`<p>Nothing: no exception is declared and no finding is suppressed.</p>
`
    : html``
}${
    declared.length === 0
      ? html``
      : table('Declared exceptions, which the checks count as wanted', declared, [
          { title: 'Object', cell: ({ kind, objectId }) => html`${kind} <span class="id">${objectId}</span>` },
          { title: 'Reason', cell: ({ reason }) => reason || 'No reason was given.' },
          { title: 'By', cell: ({ byName }) => name(byName) },
          { title: 'On', cell: ({ at }) => day(at) },
          { title: 'Until', cell: ({ until, counts }) => (counts ? day(until) : `${day(until)}: it counts no more`) },
        ])
  }${
    report.suppressed.length === 0
      ? html``
      : table('Suppressed findings', report.suppressed, [
          {
            title: 'Finding',
            cell: ({ checkId, findingKey }) => html`${titles.get(checkId) ?? checkId} <span class="id">${findingKey ?? ''}</span>`,
          },
          { title: 'Reason', cell: ({ reason }) => reason || 'No reason is kept.' },
          { title: 'Answers for it', cell: ({ owner }) => name(owner) },
          { title: 'Until', cell: ({ until }) => day(until) },
        ])
  }`
}

/** Parameters that the tenant set differently, with the baseline's values beside them. */
function ownValuesSection({ ownValues, baseline, isAsOfScan }: Report, locale: string): Markup {
  const text = (id: string, value: ParameterValue): string => {
    const parameter = parameterOf(id)
    return parameter ? valueText(parameter, value, locale) : String(value)
  }
  return html`${
    ownValues.length === 0
      ? html``
      : html`<h2 id="own">Own values</h2>
${table(`Parameters that differ from ${baseline.title}`, ownValues, [
  { title: 'Parameter', cell: ({ title }) => title },
  { title: 'Own value', cell: ({ parameter, value }) => text(parameter, value) },
  { title: 'Baseline’s value', cell: ({ parameter, baselineValue }) => text(parameter, baselineValue) },
  { title: 'Asks for', isWord: true, cell: ({ compared }) => comparedTitles[compared] },
  { title: 'Reason', cell: ({ reason }) => reason },
  { title: 'By', cell: ({ byName }) => name(byName) },
  { title: 'On', cell: ({ at }) => renderMessage('{at, date, day}', { at }, locale) },
])}`
  }${
    isAsOfScan
      ? html``
      : html`<p class="quiet">What this scan was judged by was not kept then: baseline, own values and declared exceptions are those of today.</p>
`
  }`
}

const comparedTitles = { same: 'The same', stricter: 'More', looser: 'Less', different: 'Something else' } as const

export function allChecks({ checks }: Report): Markup {
  return html`<h2 class="page" id="checks">Every check</h2>
${table(
  'The whole catalogue as it was judged',
  [...checks].sort((one, other) => one.check.code.localeCompare(other.check.code, 'en', { numeric: true })),
  [
    { title: 'Code', cell: ({ check }) => html`<span class="id">${check.code}</span>` },
    { title: 'Check', cell: ({ check }) => check.title },
    { title: 'Severity', isWord: true, cell: ({ severity }) => severityTitles[severity] },
    {
      title: 'Verdict',
      isWord: true,
      cell: ({ outcome }) => html`<span class="tag ${outcome.verdict}">${verdictTitles[outcome.verdict]}</span>`,
    },
    {
      title: 'Objects',
      isNumber: true,
      cell: (line) => (isFailing(line) && line.listed > 0 ? line.listed + line.unlisted : ''),
    },
  ],
)}`
}
