import { renderMessage } from '../text/message.ts'
import { areaTitles } from '../posture/areas.ts'
import type { VerdictName } from '../posture/check.ts'
import { explain } from '../posture/explain.ts'
import { severityTitles } from './html-charts.ts'
import { html, link, name, sha256Source, table, type Markup } from './html-parts.ts'
import { style } from './html-style.ts'
import { summary } from './html-summary.ts'
import { declaredIn } from './json.ts'
import { frameworkIds } from './objectives.ts'
import { objectsOf, whole, type OutcomeSource } from './objects.ts'
import { failingFirst, isFailing, suppressionOf, type CheckSummary, type Report } from './report.ts'
import { plain } from './text.ts'

/** Affected objects that the page lists for one check, and in all: a page that nobody can read through is no report. */
export const listedPerCheck = 100
export const listedInAll = 1500
/** Longest sentence about one of them. */
const longestSentence = 300
const longestReason = 2000

export const verdictTitles = {
  fail: 'Fails',
  warn: 'Warns',
  pass: 'Passes',
  notApplicable: 'Does not apply',
  manual: 'A person has to look',
  unknown: 'Not read',
} as const satisfies Record<VerdictName, string>

/** One page that needs nothing besides: no script, no request, charts drawn in it. `locale` is the reader's, for dates and numbers. */
export async function* htmlPieces(report: Report, outcomeOf: OutcomeSource, locale = 'en'): AsyncGenerator<string> {
  yield head(report, locale)
  yield summary(report, locale).markup
  yield html`<h2 class="page" id="findings">Findings</h2>
${report.counts.verdicts.fail + report.counts.verdicts.warn === 0 ? html`<p>No check fails.</p>` : html``}`.markup
  let left = listedInAll
  for (const failing of failingFirst(report)) {
    const shown = Math.min(listedPerCheck, left, failing.listed)
    yield (await findingSection(failing, report, outcomeOf, shown, locale)).markup
    left -= shown
  }
  yield policySections(report).markup
  yield unreadSection(report, locale).markup
  yield acceptedSection(report, locale).markup
  yield allChecks(report).markup
  yield html`</main>\n</body>\n</html>\n`.markup
}

function head({ tenant }: Report, locale: string): string {
  const policy = `default-src 'none'; style-src ${sha256Source(style)}; base-uri 'none'; form-action 'none'`
  const title = `Identity posture of ${plain(tenant.displayName) || 'a tenant'}`
  // The style stands apart: its bytes are what the policy's hash is over.
  return `${
    html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ markup: policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
`.markup
  }<style>${style}</style>\n</head>\n<body>\n<main>\n`
}

async function findingSection(
  failing: CheckSummary,
  report: Report,
  outcomeOf: OutcomeSource,
  shown: number,
  locale: string,
): Promise<Markup> {
  const { check, severity, listed, unlisted, suppressed } = failing
  const { title, reason } = explain(check, failing.outcome, locale)
  const ids = frameworkIds(check).map(([framework, id]) => `${framework} ${id}`)
  const gain = report.score.gains[check.id]
  return html`<section class="finding ${severity}">
<h3>${title}</h3>
<p><span class="tag ${severity}">${severityTitles[severity]}</span> · ${verdictTitles[failing.outcome.verdict]} · ${areaTitles[check.area]} · <span class="id">${check.code}</span>${gain === undefined ? '' : ` · mending it adds ${gain} points`}</p>
<p>${plain(reason, longestReason)}</p>
<p>${check.why}</p>
<h4>How to mend it</h4>
<ol>${check.remediation.map((step) => html`<li>${step}</li>`)}</ol>
<p>${link(check.portal, 'Open in the Entra admin center')}</p>
${shown > 0 ? await objectTable(failing, report, outcomeOf, shown, locale) : html``}${rest(listed + unlisted - shown, suppressed, locale)}${
    ids.length > 0 ? html`<p class="quiet">Answers to: ${ids.join(', ')}</p>` : html``
  }
</section>
`
}

async function objectTable(
  failing: CheckSummary,
  report: Report,
  outcomeOf: OutcomeSource,
  shown: number,
  locale: string,
): Promise<Markup> {
  const { check, listed, unlisted } = failing
  const isSuppressed = suppressionOf(report.suppressed)
  const outcome = await whole(outcomeOf, failing)
  if (outcome.verdict !== 'fail' && outcome.verdict !== 'warn')
    throw new Error(`The verdict of ${check.id} changed while the report was written.`)
  const rows = objectsOf(check, { ...outcome, objects: outcome.objects.slice(0, shown) }, locale)
  const caption = renderMessage('{all, plural, one {# object is} other {# objects are}} affected', { all: listed + unlisted }, locale)
  return table(caption, rows, [
    { title: 'Name', cell: ({ object }) => name(object.name) },
    { title: 'What', cell: ({ object }) => objectTitles[object.type] },
    {
      title: 'Because',
      cell: ({ object, sentence }) =>
        html`${plain(sentence, longestSentence)}${isSuppressed(check.id, object) ? html` <span class="quiet">(suppressed)</span>` : html``}`,
    },
    { title: 'Object id', cell: ({ object }) => html`<span class="id">${object.id}</span>` },
  ])
}

const objectTitles = {
  tenant: 'Tenant',
  user: 'Person',
  group: 'Group',
  application: 'Application',
  servicePrincipal: 'Enterprise application',
  policy: 'Policy',
  role: 'Role',
} as const

function rest(more: number, suppressed: number, locale: string): Markup {
  const lines = [
    ...(more > 0
      ? [
          renderMessage(
            '{more, plural, one {# more is} other {# more are}} counted and not listed here; the CSV and JSON reports list them.',
            { more },
            locale,
          ),
        ]
      : []),
    ...(suppressed > 0
      ? [
          renderMessage(
            '{suppressed, plural, one {# finding is} other {# findings are}} suppressed for a while; see below.',
            { suppressed },
            locale,
          ),
        ]
      : []),
  ]
  return html`${lines.map(
    (line) => html`<p class="quiet">${line}</p>
`,
  )}`
}

function policySections(report: Report): Markup {
  const reasons = new Map(report.checks.map(({ check, reason }) => [check.id, reason]))
  return html`<h2 class="page" id="policies">Policies of frameworks</h2>
${report.policies.map(
  ({ baseline, isExact, verdicts }) =>
    html`${table(
      baseline.title,
      Object.entries(verdicts).sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true })),
      [
        { title: 'Policy', cell: ([policy]) => html`<span class="id">${policy}</span>` },
        { title: 'Verdict', cell: ([, { verdict }]) => html`<span class="tag ${verdict}">${verdictTitles[verdict]}</span>` },
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

function unreadSection({ unread, checks }: Report, locale: string): Markup {
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

function acceptedSection(report: Report, locale: string): Markup {
  const declared = declaredIn(report)
  const day = (at: string | null): string => (at === null ? '' : renderMessage('{at, date, day}', { at }, locale))
  const titles = new Map(report.checks.map(({ check, title }) => [check.id, title]))
  return html`<h2 id="accepted">What was declared or suppressed</h2>
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
        ])
  }${
    report.suppressed.length === 0
      ? html``
      : table('Suppressed findings, which count as before', report.suppressed, [
          {
            title: 'Finding',
            cell: ({ checkId, findingKey }) => html`${titles.get(checkId) ?? checkId} <span class="id">${findingKey ?? ''}</span>`,
          },
          { title: 'Reason', cell: ({ reason }) => reason || 'No reason is kept.' },
          { title: 'By', cell: ({ byName }) => name(byName) },
          { title: 'Until', cell: ({ until }) => day(until) },
        ])
  }`
}

function allChecks({ checks }: Report): Markup {
  return html`<h2 class="page" id="checks">Every check</h2>
${table(
  'The whole catalogue as it was judged',
  [...checks].sort((one, other) => one.check.code.localeCompare(other.check.code, 'en', { numeric: true })),
  [
    { title: 'Code', cell: ({ check }) => html`<span class="id">${check.code}</span>` },
    { title: 'Check', cell: ({ check }) => check.title },
    { title: 'Severity', cell: ({ severity }) => severityTitles[severity] },
    { title: 'Verdict', cell: ({ outcome }) => html`<span class="tag ${outcome.verdict}">${verdictTitles[outcome.verdict]}</span>` },
    {
      title: 'Objects',
      isNumber: true,
      cell: (line) => (isFailing(line) && line.listed > 0 ? line.listed + line.unlisted : ''),
    },
  ],
)}`
}
