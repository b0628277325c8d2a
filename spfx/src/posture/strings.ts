/** Every sentence of the shell; `loc/<language>.js` has one value for each. `{name}` marks a value. */
export interface PostureStrings {
  readonly PaneDescription: string
  readonly ServiceGroup: string
  readonly ServiceUrlLabel: string
  readonly ServiceUrlHint: string
  readonly ApiResourceLabel: string
  readonly ApiResourceHint: string
  readonly ShowGroup: string
  readonly TitleLabel: string
  readonly ShowAreasLabel: string
  readonly ShowRisksLabel: string
  readonly Shown: string
  readonly Hidden: string
  readonly NotSetUpTitle: string
  readonly NotSetUpHelp: string
  readonly NotSetUpHelpTeams: string
  readonly ServiceUrlMissing: string
  readonly ServiceUrlInvalid: string
  readonly ServiceUrlInsecure: string
  readonly ApiResourceMissing: string
  readonly ApiResourceInvalid: string
  readonly TitleMissing: string
  readonly ShowAreasMissing: string
  readonly ShowRisksMissing: string
  readonly NoTokenTitle: string
  readonly NoTokenText: string
  readonly ForbiddenTitle: string
  readonly ForbiddenText401: string
  readonly ForbiddenText403: string
  readonly UnreachableTitle: string
  readonly UnreachableText: string
  readonly ServiceTitle: string
  readonly ServiceText: string
  readonly UnreadableTitle: string
  readonly UnreadableText: string
}

/** Puts values into the `{name}` marks of a sentence. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (mark, name: string) => String(values[name] ?? mark))
}
