/** One card of one proposal to one person in one 1:1 chat. */
export interface Offer {
  readonly id: string
  readonly proposalId: string
  readonly proposalHash: string
  readonly tenantId: string
  readonly personId: string
  readonly conversationId: string
  /** Activity id of the card as the channel answered it; '' until the channel has answered. */
  readonly cardActivityId: string
  /** 128 random bits, base64url; what the card's button carries. */
  readonly nonce: string
  /** Four characters without look-alikes; what a person types: `yes K7F3`. */
  readonly code: string
  /** SHA-256 of the card's canonical bytes as shown. */
  readonly bytesDigest: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly state: 'live' | 'used' | 'dead'
}

/** Seconds that an offer lives (facts: Teams clients keep old cards); a second person is given hours. */
export const offerSeconds = { normal: 300, high: 120, second: 4 * 3600 } as const satisfies Record<'normal' | 'high' | 'second', number>

/** Letters and digits that cannot be mistaken for each other. */
export const codeAlphabet = 'ACDEFGHJKLMNPQRTUVWXYZ23456789'

/** Turns random bytes into a code of four characters; needs four bytes. */
export function codeFrom(bytes: readonly number[]): string {
  if (bytes.length < 4) throw new Error('A confirmation code needs four random bytes.')
  return bytes
    .slice(0, 4)
    .map((byte) => codeAlphabet.charAt(byte % codeAlphabet.length))
    .join('')
}
