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
  return mayName(text) ? JSON.parse(text, (name, value: unknown) => (name === 'toString' ? undefined : value)) : JSON.parse(text)
}

/** Also where its letters are written as escapes; looking at each member of each page would cost more than all else that is done with it. */
function mayName(text: string): boolean {
  return text.includes('toString') || /\\u00[567]/.test(text)
}
