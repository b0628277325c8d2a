import { severities, type Severity } from '../posture/check.ts'
import { html, type Markup } from './html-parts.ts'
import { severityTitles } from './html-words.ts'

export interface Bar {
  readonly title: string
  /** Null where nothing could be judged. */
  readonly value: number | null
  /** Class of its colour. */
  readonly tone: string
}

const rowHeight = 30
const labelWidth = 190
const barWidth = 190

/** Horizontal bars with their values beside them. The same numbers stand in a table next to it. */
export function bars(label: string, lines: readonly Bar[], most: number): Markup {
  const height = lines.length * rowHeight
  return html`<svg viewBox="0 0 430 ${height}" role="img" aria-label="${label}">
${lines.map(({ title, value, tone }, index) => {
  const middle = index * rowHeight + rowHeight / 2
  const length = value === null || most === 0 ? 0 : Math.round((value / most) * barWidth)
  return html`<text x="0" y="${middle + 4}">${title}</text><rect class="track" x="${labelWidth}" y="${middle - 6}" width="${barWidth}" height="12"/><rect class="${tone}" x="${labelWidth}" y="${middle - 6}" width="${length}" height="12"/><text x="${labelWidth + barWidth + 10}" y="${middle + 4}">${value === null ? '–' : value}</text>
`
})}</svg>
`
}

export function severityBars(counts: Readonly<Record<Severity, number>>): Markup {
  const lines = severities.map((severity) => ({ title: severityTitles[severity], value: counts[severity], tone: severity }))
  const label = `Checks that fail or warn: ${lines.map(({ title, value }) => `${title} ${value}`).join(', ')}`
  return bars(label, lines, Math.max(...lines.map(({ value }) => value)))
}

const radius = 60
const around = 2 * Math.PI * radius

/** The score as a ring; null shows as no score. */
export function scoreRing(score: number | null): Markup {
  const length = Math.round(((score ?? 0) / 100) * around * 10) / 10
  return html`<svg viewBox="0 0 150 150" role="img" aria-label="${score === null ? 'No score' : `Score ${score} of 100`}">
<circle class="ring" cx="75" cy="75" r="${radius}"/>
<circle class="arc" cx="75" cy="75" r="${radius}" stroke-dasharray="${length} ${Math.ceil(around)}" transform="rotate(-90 75 75)"/>
<text class="big" x="75" y="83" text-anchor="middle">${score === null ? '–' : Math.round(score)}</text>
<text class="quiet" x="75" y="104" text-anchor="middle">of 100</text>
</svg>
`
}
