import type { Derived } from '../fact.ts'

type With<Row, Name extends keyof Row> = Row & { readonly [Key in Name]-?: Exclude<Row[Key], undefined> }

/** The rows, when each of them has these members; undecided where one was not asked for, because nothing is assumed for it. */
export function complete<Row extends { readonly id: string }, const Name extends keyof Row & string>(
  path: string,
  rows: readonly Row[],
  names: readonly Name[],
): Derived<With<Row, Name>> {
  const whole: With<Row, Name>[] = []
  for (const row of rows) {
    if (!has(row, names)) {
      const absent = names.filter((name) => row[name] === undefined)
      return { undecided: `${path}, id ${row.id}: ${absent.join(', ')} is missing. Ask for it, or leave $select out.` }
    }
    whole.push(row)
  }
  return { rows: whole }
}

function has<Row, Name extends keyof Row>(row: Row, names: readonly Name[]): row is With<Row, Name> {
  return names.every((name) => row[name] !== undefined)
}
