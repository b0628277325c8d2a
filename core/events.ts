/** What changed. Events carry ids and never tenant data; readers keep their own cursor. */
export const eventKinds = [
  'scan.started',
  'scan.progressed',
  'scan.finished',
  'scan.failed',
  'scan.attributed',
  'sponsor.changed',
  'finding.opened',
  'finding.closed',
  'finding.returned',
  'finding.changed',
  'proposal.changed',
  'offer.changed',
  'receipt.changed',
  'aid.changed',
  'settings.changed',
  'suppression.changed',
  'action.changed',
  'evidence.changed',
  'alert.raised',
  'alert.sent',
  'alert.changed',
] as const
export type EventKind = (typeof eventKinds)[number]

export interface Event {
  /** Position in the tenant's event log, rising, with gaps. */
  readonly seq: number
  readonly kind: EventKind
  /** Id of the scan, finding, proposal, offer, suppression or claim that changed, number of an alert, id of a message or of an alert rule. */
  readonly subjectId: string
  /** ISO time, UTC. */
  readonly at: string
}
