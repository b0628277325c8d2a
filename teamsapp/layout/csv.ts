/**
 * RFC 4180 with a byte-order mark, because Excel reads UTF-8 by it. A cell that a spreadsheet would run as a formula starts with an
 * apostrophe (https://owasp.org/www-community/attacks/CSV_Injection): names in a tenant are not ours.
 */
export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
