import { renderMessage } from '../text/message.ts'
import { severities } from '../posture/check.ts'
import { explain } from '../posture/explain.ts'
import { bars, scoreRing, severityBars } from './html-charts.ts'
import { html, name, table, type Markup } from './html-parts.ts'
import { severityTitles } from './html-words.ts'
import { areaLines, failingFirst, type Report } from './report.ts'

const firstToMend = 10

const messages = {
  failing:
    '{failing, plural, =0 {No check fails.} one {# of {of} checks fails or warns} other {# of {of} checks fail or warn}}{failing, plural, =0 {} other {, {critical, plural, =0 {none of them critical} one {# of them critical} other {# of them critical}}, affecting {objects, plural, =0 {the tenant as a whole} one {# object} other {# objects}}.}}',
  notJudged:
    '{count, plural, =0 {} one {# check has no verdict, because something was not read or a person has to look.} other {# checks have no verdict, because something was not read or a person has to look.}}',
  judged: 'Facts read by {asOf, date, minute}, judged as of {at, date, minute}.',
} as const

/** What a reader needs who reads one page only. */
export function summary(report: Report, locale: string): Markup {
  const { tenant, scan, baseline, asOf, counts, score, judgedAgain } = report
  const failing = counts.verdicts.fail + counts.verdicts.warn
  const values = { failing, of: report.checks.length, critical: counts.failing.critical, objects: counts.objects }
  const notJudged = renderMessage(messages.notJudged, { count: counts.verdicts.unknown + counts.verdicts.manual }, locale)
  const areas = areaLines(report)
  return html`<header>
<p class="over">Identity posture report</p>
<h1>${name(tenant.displayName)}</h1>
<p class="quiet">${tenant.domain}</p>
</header>
<p class="lead">${renderMessage(messages.failing, values, locale)} ${notJudged}</p>
<dl class="facts">
<div><dt>Facts and judgement</dt><dd>${renderMessage(messages.judged, { asOf: scan.factsAsOf, at: asOf }, locale)}</dd></div>
<div><dt>Baseline</dt><dd>${baseline.title}${judgedAgain ? ' (judged again for this report)' : ''}${ownValuesNote(report, locale)}</dd></div>
<div><dt>Scan</dt><dd><span class="id">${scan.id}</span>${scan.startedBy === '' ? html`` : html`, started by ${name(scan.startedBy)}`}</dd></div>
</dl>
<h2 id="summary">Summary</h2>
<div class="two">
<div class="score">${scoreRing(score.value)}<p class="quiet">Weight of the checks that hold, out of all that could be judged. Severity is the weight; ${suppressedNote(report)}</p></div>
<div>${severityBars(counts.failing)}${table(
    'Checks that fail or warn, by severity',
    severities.map((severity) => ({ severity, count: counts.failing[severity] })),
    [
      { title: 'Severity', isWord: true, cell: ({ severity }) => severityTitles[severity] },
      { title: 'Checks', isNumber: true, cell: ({ count }) => count },
    ],
  )}</div>
</div>
<h2 id="areas">Areas</h2>
<div class="two">
<div>${bars(
    `Score of each area: ${areas.map(({ title, score: value }) => `${title} ${value ?? 'not judged'}`).join(', ')}`,
    areas.map(({ title, score: value }) => ({ title, value, tone: 'bar' })),
    100,
  )}</div>
<div>${table('Score of each area, 0 to 100', areas, [
    { title: 'Area', cell: ({ title }) => title },
    { title: 'Score', isNumber: true, cell: ({ score: value }) => (value === null ? 'not judged' : value) },
    { title: 'Failing', isNumber: true, cell: ({ failing: count }) => count },
    { title: 'Checks', isNumber: true, cell: ({ of }) => of },
  ])}</div>
</div>
${mendFirst(report, locale)}`
}

function ownValuesNote({ ownValues }: Report, locale: string): Markup {
  if (ownValues.length === 0) return html``
  const text = renderMessage('{count, plural, one {# own value} other {# own values}}', { count: ownValues.length }, locale)
  return html`, with <a href="#own">${text}</a>`
}

/** How suppressed findings count, with both figures. */
function suppressedNote({ scores, suppressed }: Report): string {
  if (suppressed.length === 0) return 'nothing is suppressed.'
  const { counting, open, leftOut } = scores
  const figure = (value: number | null): string => (value === null ? 'none' : String(value))
  return counting === 'open'
    ? `suppressed findings count as open. Without them it would be ${figure(leftOut)}.`
    : `suppressed findings are left out. With them counted as open it would be ${figure(open)}.`
}

function mendFirst(report: Report, locale: string): Markup {
  const first = failingFirst(report).slice(0, firstToMend)
  if (first.length === 0) return html``
  return html`<h2 class="page" id="first">What to mend first</h2>
${table('By severity, then by what it adds to the score', first, [
  { title: 'Finding', cell: ({ check, outcome }) => explain(check, outcome, locale).title },
  { title: 'Severity', isWord: true, cell: ({ severity }) => html`<span class="tag ${severity}">${severityTitles[severity]}</span>` },
  { title: 'First step', cell: ({ check }) => check.remediation[0] ?? '' },
  { title: 'Adds', isNumber: true, cell: ({ check }) => report.score.gains[check.id] ?? 0 },
])}`
}
