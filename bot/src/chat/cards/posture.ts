import type { FindingLine, PostureSummary } from '../../assistant/posture.ts'
import { severityNames } from './severity-names.ts'
import { button, buttons, card, facts, heading, link, row, small, text, type Part } from './parts.ts'

const shownAtMost = 5

export function postureCard(summary: PostureSummary, tabUrl: string): Part {
  const score = summary.score === null ? 'No score: nothing could be judged' : `Score ${summary.score} of 100`
  return card(
    `${score}, ${findingCount(summary.openFindings)}.`,
    [
      heading(score),
      text(
        `${findingCount(summary.openFindings)}. ${summary.checks.read} of ${summary.checks.of} checks could be read; what could not counts neither for nor against.`,
      ),
      facts(summary.areas.map(({ title, score: value }) => ({ title, value: value === null ? 'not judged' : `${value} of 100` }))),
      small(`Last scan: ${moment(summary.scannedAt)}`),
    ],
    [link('Open Countersign', tabUrl)],
  )
}

/**
 * Five checks from place `from` (0 is the most serious) with a button each: straight to the proposal where one object can be mended,
 * to the list where several can. The way to the next five stands in the body, because Teams shows six buttons below a card and no more.
 */
export function findingsCard(lines: readonly FindingLine[], tabUrl: string, from = 0): Part {
  const shown = lines.slice(from, from + shownAtMost)
  const next = from + shown.length
  return card(
    `Top findings: ${shown.map(({ code, title }) => `${code} ${title}`).join('; ')}`,
    [
      heading(from === 0 ? 'Top findings' : `Findings ${from + 1} to ${next}`),
      ...shown.map((line, index) => row(`${from + index + 1}. ${severityNames[line.severity]} · ${line.code}`, [line.title])),
      small(placeText(lines, from, next)),
      ...(next < lines.length ? [buttons([button('Next findings', 'findings', { from: String(next) })])] : []),
    ],
    [...shown.map(nextStep), link('All findings', `${tabUrl}/findings`)],
  )
}

function placeText(lines: readonly FindingLine[], from: number, next: number): string {
  if (next - from === lines.length) return 'These are all that are open.'
  const rest = [...lines.slice(next), ...lines.slice(0, from)]
  const example = rest.find(({ objects }) => objects.some(({ fixable }) => fixable)) ?? rest[0]
  return `${from + 1} to ${next} of ${lines.length}, the most serious first. For another, write its code: finding ${example?.code ?? ''}`
}

function nextStep(line: FindingLine): Part {
  const [first, ...others] = line.objects.filter(({ fixable }) => fixable)
  if (first && others.length === 0) return button(`Fix ${line.code}`, 'fix', { findingKey: first.findingKey })
  return button(`Show ${line.code}`, 'finding', { code: line.code })
}

/** One check with the objects it is about; each that an action can mend has its own button. */
export function findingCard(line: FindingLine, tabUrl: string): Part {
  const fixes = line.objects.flatMap((object, index) =>
    object.fixable ? [button(`Fix ${index + 1}`, 'fix', { findingKey: object.findingKey })] : [],
  )
  return card(
    `${line.code}: ${line.title}`,
    [
      heading(line.title),
      small(`${severityNames[line.severity]} · ${line.code}`),
      text(line.why),
      ...(line.nearMiss === null ? [] : [text(line.nearMiss)]),
      ...line.objects.map((object, index) => row(`${index + 1}. ${object.name}`, [object.sentence])),
      ...(line.more > 0 ? [small(`${line.more} more in Countersign.`)] : []),
      small(
        fixes.length > 0
          ? 'A fix is a proposal: you see the exact request first, and countersign or decline it.'
          : 'There is no safe automatic fix here. The steps to mend it by hand are on its page.',
      ),
    ],
    [...fixes, link('Open the finding', `${tabUrl}/findings/${encodeURIComponent(line.checkId)}`)],
  )
}

function findingCount(count: number): string {
  return count === 1 ? '1 open finding' : `${count} open findings`
}

function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
}
