import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { plain, visible } from './text.ts'

/** Markup that is safe to put into the page: made by `html` alone. */
export interface Markup {
  readonly markup: string
}

type Part = Markup | string | number | readonly Markup[]

/** Text and markup together; every text is escaped, wherever it stands. Attribute values must be in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.map((text, index) => `${text}${partText(parts[index])}`).join('') }
}

function partText(part: Part | undefined): string {
  if (part === undefined) return ''
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part))
  if ('markup' in part) return part.markup
  return part.map(({ markup }) => markup).join('')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

/** A name of the tenant: its direction of writing stays its own. */
export function name(text: string): Markup {
  const shown = plain(text, 160)
  return shown === '' ? html`<span class="quiet">(no name)</span>` : html`<bdi>${shown}</bdi>`
}

/** A link only where it leads to the web; anything else stays text. */
export function link(address: string, text: string): Markup {
  return /^https:\/\//.test(address) ? html`<a href="${address}" rel="noreferrer">${text}</a>` : html`${text}`
}

export interface Column<Row> {
  readonly title: string
  /** Numbers stand right. */
  readonly isNumber?: true
  /** Holds single words, which stay whole in a narrow window. */
  readonly isWord?: true
  readonly cell: (row: Row) => Part
}

/** A table with a heading for each column, which paper repeats on each page; the first cell of a row is its heading. */
export function table<Row>(caption: Part, rows: readonly Row[], columns: readonly Column<Row>[]): Markup {
  const className = ({ isNumber, isWord }: Column<Row>): Markup =>
    isNumber ? html` class="number"` : isWord ? html` class="word"` : html``
  return html`<table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col"${className(column)}>${column.title}</th>`)}</tr></thead>
<tbody>
${rows.map(
  (row) =>
    html`<tr>${columns.map((column, index) =>
      index === 0
        ? html`<th scope="row"${className(column)}>${column.cell(row)}</th>`
        : html`<td${className(column)}>${column.cell(row)}</td>`,
    )}</tr>
`,
)}</tbody>
</table>
`
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Source expression of a Content Security Policy for exactly this text. */
export function sha256Source(text: string): string {
  const hash = sha256(utf8ToBytes(text))
  let out = ''
  for (let index = 0; index < hash.length; index += 3) {
    const [first = 0, second = 0, third = 0] = hash.subarray(index, index + 3)
    const bits = (first << 16) | (second << 8) | third
    const left = hash.length - index
    out += [18, 12, 6, 0].map((shift, place) => (place > left ? '=' : alphabet[(bits >> shift) & 63])).join('')
  }
  return `'sha256-${out}'`
}
