/** Before a capital inside a word. */
const hump = /(?<=[a-z\d])(?=[A-Z])/

/**
 * Where a long permission, path or sign-in name may break: before dots, slashes and @, and nowhere that changes how it reads. A word that
 * no phone has room for may break before a capital, too.
 */
export function pathParts(text: string): readonly string[] {
  return text.split(/(?=[./@][\w$])/).flatMap((part) => (/\w{17,}/.test(part) ? part.split(hump) : [part]))
}

/** The same for a narrow box: a part that is longer than a line may break before a capital, too, rather than in the middle of a word. */
export function boxParts(text: string, letters: number): readonly string[] {
  return text.split(/(?<= )|(?=[./@][\w$])/).flatMap((part) => (part.trimEnd().length > letters ? part.split(hump) : [part]))
}
