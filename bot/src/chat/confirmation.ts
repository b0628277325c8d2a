import { codeAlphabet } from '@countersign/core/actions/offer.ts'

/** `code` is null for a bare yes. */
export interface TypedYes {
  readonly code: string | null
}

const exactYes = new RegExp(`^yes(?: ([${codeAlphabet}]{4}))?$`, 'i')

/**
 * The confirmation parser, asked before anything else. A yes is `yes` or `yes` and a code, in any case, after NFKC and
 * with white space around it; every other text is none, however much it sounds like one.
 */
export function parseConfirmation(text: string): TypedYes | undefined {
  const match = exactYes.exec(text.normalize('NFKC').trim())
  return match ? { code: match[1]?.toUpperCase() ?? null } : undefined
}

/** Texts that a person may have meant as a yes: worth a word on how it is done, and nothing more. */
export function soundsLikeYes(text: string): boolean {
  return /^(?:yes|yep|yeah|ok|okay|confirm|countersign|do it|go ahead|approve)\b/i.test(text.normalize('NFKC').trim())
}
