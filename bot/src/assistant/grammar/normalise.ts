/** Control, format (bidirectional, zero-width, tags, soft hyphen), private and unassigned characters, and variation selectors. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]|[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]|\u034F|\u17B4|\u17B5|[\u115F\u1160\u3164\uFFA0]/gu

/** What a person wrote, in one form: NFKC, nothing invisible, single spaces. */
export function normalise(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, ' ').replace(invisible, '').replace(/ {2,}/g, ' ').trim()
}

const scripts = {
  latin: /\p{Script=Latin}/u,
  cyrillic: /\p{Script=Cyrillic}/u,
  greek: /\p{Script=Greek}/u,
  armenian: /\p{Script=Armenian}/u,
  cherokee: /\p{Script=Cherokee}/u,
  hebrew: /\p{Script=Hebrew}/u,
  arabic: /\p{Script=Arabic}/u,
  georgian: /\p{Script=Georgian}/u,
  // Japanese and Chinese names are written in these together, Korean ones in Hangul beside Han.
  eastAsian: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u,
} as const satisfies Record<string, RegExp>
const letter = /\p{L}/u
const shared = /[\p{Script=Common}\p{Script=Inherited}]/u

/**
 * Whether letters of two scripts stand in one word (for an address: anywhere in it), as in a name made to look like
 * another (unicode.org/reports/tr39, single-script restriction).
 */
export function mixesScripts(target: string): boolean {
  const words = target.includes('@') ? [target] : target.split(/[\s-]+/u)
  return words.some(
    (word) => new Set([...word].filter((character) => letter.test(character) && !shared.test(character)).map(scriptOf)).size > 1,
  )
}

function scriptOf(character: string): string {
  return Object.entries(scripts).find(([, pattern]) => pattern.test(character))?.[0] ?? 'other'
}
