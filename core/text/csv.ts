/** A spreadsheet takes a cell that begins like this for a formula (https://owasp.org/www-community/attacks/CSV_Injection). */
const formula = /^\s*[=+\-@|%＝＋－＠]/u

/** One line of RFC 4180. Text that a spreadsheet would run gets an apostrophe in front: names in a tenant are not ours. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => `"${typeof cell === 'number' ? String(cell) : harmless(cell).replaceAll('"', '""')}"`).join(',')}\r\n`
}

function harmless(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell
}

/** Excel takes a file for UTF-8 by its first bytes only. */
export const byteOrderMark = '\uFEFF'
