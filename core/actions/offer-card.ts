import type { Preview } from '../api/proposals.ts'
import { digest, type Json } from '../digest.ts'
import { cleanName } from '../text/clean-name.ts'

export interface OfferFace {
  readonly offerId: string
  readonly nonce: string
  readonly code: string
  /** ISO time, UTC. */
  readonly expiresAt: string
  /** On the card of the second person: who asked for it and countersigned first, with object id; null on the first card. */
  readonly firstBy: { readonly name: string; readonly objectId: string } | null
}

/**
 * The Adaptive Card of one offer (schema 1.5): a pure function of the preview and the offer. Its digest is what a
 * confirmation is bound to. The card carries an opaque id and a nonce; who may press is decided by the gate.
 */
export function offerCard(preview: Preview, face: OfferFace): Json {
  const data = { offerId: face.offerId, nonce: face.nonce }
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: `${preview.title}. To countersign, reply: yes ${face.code}`,
    body: [
      { type: 'TextBlock', text: preview.title, size: 'Large', weight: 'Bolder', wrap: true, style: 'heading' },
      {
        type: 'FactSet',
        facts: [
          { title: 'Object', value: `${preview.subject.name} (${preview.subject.qualifier})` },
          { title: 'Object id', value: preview.subject.id },
          ...preview.changes.map((change) => ({ title: change.field, value: `${change.before} → ${change.after}` })),
          ...(preview.objects.length > 0 ? [{ title: 'Objects', value: String(preview.objects.length) }] : []),
          ...preview.objects.map(({ name, qualifier, id }, index) => ({
            title: `Object ${index + 1}`,
            value: `${name} (${qualifier}), ${id}`,
          })),
          { title: 'Carried out by', value: preview.actor },
          ...(face.firstBy
            ? [{ title: 'Asked for and countersigned by', value: `${cleanName(face.firstBy.name)} (${face.firstBy.objectId})` }]
            : []),
          ...(preview.approvals === 2 && !face.firstBy
            ? [{ title: 'Countersigned by', value: 'Two people: you, then somebody else who may' }]
            : []),
          { title: 'Undo', value: preview.undo },
        ],
      },
      ...preview.warnings.map((warning) => ({ type: 'TextBlock', text: `Note: ${warning}`, wrap: true, color: 'Warning' })),
      ...preview.blast.map((line) => ({ type: 'TextBlock', text: `Also: ${line}`, wrap: true, color: 'Warning' })),
      {
        type: 'TextBlock',
        text: preview.requests.length > 1 ? 'Exact requests, one after the other' : 'Exact request',
        weight: 'Bolder',
        wrap: true,
      },
      ...preview.requests.map((request) => ({ type: 'TextBlock', text: request, fontType: 'Monospace', wrap: true, size: 'Small' })),
      { type: 'TextBlock', text: `${consequence(preview, face)} Press the button or reply: yes ${face.code}`, wrap: true },
      {
        type: 'TextBlock',
        text: `This card works until {{DATE(${seconds(face.expiresAt)},SHORT)}} {{TIME(${seconds(face.expiresAt)})}} · ${preview.hash.slice(0, 8)}`,
        wrap: true,
        isSubtle: true,
        size: 'Small',
      },
    ],
    actions: [
      {
        type: 'Action.Execute',
        title: 'Countersign',
        verb: 'countersign',
        data,
        style: 'positive',
        fallback: { type: 'Action.Submit', title: 'Countersign', data: { ...data, verb: 'countersign' } },
      },
      {
        type: 'Action.Execute',
        title: 'Decline',
        verb: 'decline',
        data,
        fallback: { type: 'Action.Submit', title: 'Decline', data: { ...data, verb: 'decline' } },
      },
    ],
  }
}

function consequence({ approvals }: Preview, { firstBy }: OfferFace): string {
  if (firstBy) return 'With your countersignature it is carried out.'
  return approvals === 2 ? 'Nothing changes until you and a second person countersign.' : 'Nothing changes until you countersign.'
}

/** Digest of the bytes that the person is shown. */
export function offerDigest(preview: Preview, face: OfferFace): string {
  return digest(offerCard(preview, face))
}

/** Adaptive Cards format times without fractions of a second. */
function seconds(iso: string): string {
  return iso.replace(/\.\d+Z$/, 'Z')
}
