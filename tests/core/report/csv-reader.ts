/** Reads RFC 4180 as a spreadsheet does: every line a record of its columns. Throws where a quote is out of place. */
export function readCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const rows: string[][] = []
  let row: string[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at < text.length) {
    if (text[at] !== '"') throw new Error(`The field at ${at} is not quoted.`)
    let field = ''
    for (at += 1; ; at += 1) {
      if (at >= text.length) throw new Error('A quoted field has no end.')
      if (text[at] !== '"') field += text[at]
      else if (text[at + 1] === '"') field += text[at++]
      else break
    }
    row.push(field)
    const after = text.slice(at + 1, at + 3)
    if (after.startsWith(',')) at += 2
    else if (after === '\r\n') {
      rows.push(row)
      row = []
      at += 3
    } else throw new Error(`After the field that ends at ${at} stands ${JSON.stringify(after)}.`)
  }
  const [head = [], ...lines] = rows
  return lines.map((cells) => {
    if (cells.length !== head.length) throw new Error(`A record has ${cells.length} fields in place of ${head.length}.`)
    return Object.fromEntries(head.map((title, index) => [title, cells[index] ?? '']))
  })
}
