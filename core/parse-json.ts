/** What the text says as JSON; undefined where it is none, which JSON itself cannot say. */
export function parseJson(text: string): unknown {
  try {
    return readJson(text)
  } catch {
    return undefined
  }
}

/**
 * What the text says as JSON. Members named `toString` are left out: no sender needs them, and an object that has one throws wherever it is
 * taken for a text or a number, which even a check of its length does.
 *
 * @throws {SyntaxError} where the text is no JSON.
 */
export function readJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  if (mayName(text)) leaveOut(value)
  return value
}

/** Step by step: what a text nests is deeper than functions can call themselves. */
function leaveOut(value: unknown): void {
  const open = [value]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue
    if (Object.hasOwn(next, 'toString')) Reflect.deleteProperty(next, 'toString')
    for (const member of Object.values(next)) if (typeof member === 'object' && member !== null) open.push(member)
  }
}

/** Also where its letters are written as escapes; looking at each member of each page would cost more than all else that is done with it. */
function mayName(text: string): boolean {
  return text.includes('toString') || /\\u00[567]/.test(text)
}
