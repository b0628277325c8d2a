/** Where a long permission, path or sign-in name may break: before dots, slashes and @, and nowhere that changes how it reads. */
export function pathParts(text: string): readonly string[] {
  return text.split(/(?=[./@][\w$])/)
}

/** The same for a narrow box: a part that is longer than a line may break before a capital, too, rather than in the middle of a word. */
export function boxParts(text: string, letters: number): readonly string[] {
  return text
    .split(/(?<= )|(?=[./@][\w$])/)
    .flatMap((part) => (part.trimEnd().length > letters ? part.split(/(?<=[a-z\d])(?=[A-Z])/) : [part]))
}
