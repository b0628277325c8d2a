import { commands } from '../commands.ts'
import type { Command } from '../commands/command.ts'

/** Three commands that the person may have meant: likeness ranks suggestions and never runs anything. */
export function suggest(line: string): readonly Command[] {
  const lower = line.toLowerCase().slice(0, 60)
  const ranked = commands.map((command, index) => ({
    command,
    index,
    distance: Math.min(...command.words.map((phrase) => distance(lower.slice(0, phrase.length + 3), phrase) / phrase.length)),
  }))
  const likely = ranked.filter(({ command }) => command.id !== 'cancel').sort((a, b) => a.distance - b.distance || a.index - b.index)
  return likely.slice(0, 3).map(({ command }) => command)
}

/** Levenshtein distance, one row at a time. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (const [i, a] of [...left].entries()) {
    const next = [i + 1]
    for (const [j, b] of [...right].entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (a === b ? 0 : 1)))
    row = next
  }
  return row.at(-1) ?? 0
}
