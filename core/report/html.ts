import { renderMessage } from '../text/message.ts'
import { areaTitles } from '../posture/areas.ts'
import { explain } from '../posture/explain.ts'
import { allChecks, acceptedSection, policySections, unreadSection } from './html-appendix.ts'
import { html, link, name, sha256Source, table, type Markup } from './html-parts.ts'
import { style } from './html-style.ts'
import { summary } from './html-summary.ts'
import { severityTitles, verdictTitles } from './html-words.ts'
import { frameworkIds } from './objectives.ts'
import { objectsOf, whole, type OutcomeSource } from './objects.ts'
import { failingFirst, suppressionOf, type CheckSummary, type Report } from './report.ts'
import { plain } from './text.ts'

/** Affected objects that the page lists for one check, and in all: a page that nobody can read through is no report. */
export const listedPerCheck = 100
export const listedInAll = 1500
/** Longest sentence about one of them. */
const longestSentence = 300
const longestReason = 2000

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
${
  failing.nearMiss === ''
    ? html``
    : html`<p>${plain(failing.nearMiss, longestReason)}</p>
`
}<p>${check.why}</p>
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
    { title: 'What', isWord: true, cell: ({ object }) => objectTitles[object.type] },
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
