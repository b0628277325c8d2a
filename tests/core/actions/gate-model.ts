/**
 * A small world around the gate: people, chats, cards, a clock, third parties and a Graph that counts writes. The gate's
 * table decides; the invariants below are written without it, so that a table or guard that is wrong is noticed.
 */
import fc from 'fast-check'
import {
  decide,
  guards,
  isTerminal,
  type GateFacts,
  type Guards,
  type ProposalEvent,
  type ProposalState,
} from '@countersign/core/actions/gate.ts'

export const people = ['ada', 'bo', 'mallory'] as const
export const chats = ['chat-ada', 'chat-bo', 'group'] as const
export const tenants = ['contoso', 'fabrikam'] as const
type Person = (typeof people)[number]

interface Card {
  readonly proposal: number
  readonly person: Person
  readonly chat: string
  readonly cardId: string
  readonly nonce: string
  readonly code: string
  readonly bytes: string
  readonly proposalHash: string
  readonly expiresAt: number
  state: 'live' | 'used' | 'dead'
}
interface ModelProposal {
  state: ProposalState
  readonly requestedBy: Person
  readonly expiresAt: number
  readonly hash: string
  terms: string
  readonly catalogueVersion: string
  readonly preState: string
  step: 'planned' | 'sending' | 'done'
  writes: number
  confirmations: number
  confirmedAt: number | null
}

export type Move =
  | { readonly kind: 'propose'; readonly by: Person }
  | { readonly kind: 'offer'; readonly proposal: number; readonly group: boolean }
  | { readonly kind: 'confirm'; readonly proposal: number; readonly twist: Twist; readonly typed: boolean }
  | { readonly kind: 'reject'; readonly proposal: number; readonly by: Person }
  | { readonly kind: 'run'; readonly proposal: number; readonly crash: 'no' | 'beforeSend' | 'afterSend' | 'afterAnswer' }
  | { readonly kind: 'recover' }
  | { readonly kind: 'tick'; readonly seconds: number }
  | { readonly kind: 'withdrawCard'; readonly proposal: number }
  | { readonly kind: 'sweep' }
  | { readonly kind: 'edit' }
  | { readonly kind: 'tamper'; readonly proposal: number }
  | { readonly kind: 'upgrade' }

export const twists = ['none', 'person', 'tenant', 'chat', 'groupChat', 'card', 'bytes', 'code', 'role', 'oldOffer', 'hash'] as const
export type Twist = (typeof twists)[number]

/** Biased so that long honest stretches happen: an unbiased generator hardly ever reaches `verified`. */
export function moves(): fc.Arbitrary<Move[]> {
  const proposal = fc.nat({ max: 2 })
  const honest = fc
    .tuple(
      fc.constantFrom<Person>('ada', 'bo'),
      fc.constantFrom('no', 'no', 'no', 'beforeSend', 'afterSend', 'afterAnswer'),
      fc.constantFrom(0, 0, 0, 0, 0, 1000),
    )
    .map(([by, crash, seconds]): Move[] => [
      { kind: 'propose', by },
      { kind: 'offer', proposal: -1, group: false },
      { kind: 'confirm', proposal: -1, twist: 'none', typed: false },
      { kind: 'tick', seconds },
      { kind: 'run', proposal: -1, crash },
      { kind: 'recover' },
    ])
  const twisted = fc
    .tuple(fc.constantFrom<Person>('ada', 'bo'), fc.constantFrom(...twists), fc.boolean(), fc.constantFrom(0, 0, 0, 400, 90_000))
    .map(([by, twist, typed, seconds]): Move[] => [
      { kind: 'propose', by },
      { kind: 'offer', proposal: -1, group: false },
      ...(twist === 'oldOffer'
        ? [
            seconds === 0 ? ({ kind: 'withdrawCard', proposal: -1 } as const) : ({ kind: 'tick', seconds: 301 } as const),
            { kind: 'offer', proposal: -1, group: false } as const,
          ]
        : []),
      { kind: 'tick', seconds },
      { kind: 'confirm', proposal: -1, twist, typed },
    ])
  const single: fc.Arbitrary<Move[]> = fc
    .oneof(
      fc.record({ kind: fc.constant('propose' as const), by: fc.constantFrom(...people) }),
      fc.record({ kind: fc.constant('offer' as const), proposal, group: fc.nat({ max: 5 }).map((n) => n === 0) }),
      {
        arbitrary: fc.record({
          kind: fc.constant('confirm' as const),
          proposal,
          twist: fc.constantFrom('none', ...twists),
          typed: fc.boolean(),
        }),
        weight: 4,
      },
      fc.record({ kind: fc.constant('reject' as const), proposal, by: fc.constantFrom(...people) }),
      fc.record({
        kind: fc.constant('run' as const),
        proposal,
        crash: fc.constantFrom('no', 'no', 'beforeSend', 'afterSend', 'afterAnswer'),
      }),
      fc.record({ kind: fc.constant('recover' as const) }),
      fc.record({ kind: fc.constant('tick' as const), seconds: fc.constantFrom(1, 60, 400, 90_000) }),
      fc.record({ kind: fc.constant('withdrawCard' as const), proposal }),
      fc.record({ kind: fc.constant('sweep' as const) }),
      fc.record({ kind: fc.constant('edit' as const) }),
      fc.record({ kind: fc.constant('tamper' as const), proposal }),
      fc.record({ kind: fc.constant('upgrade' as const) }),
    )
    .map((move) => [move])
  const interrupted = fc
    .tuple(honest, fc.nat({ max: 4 }), single)
    .map(([stretch, at, [extra]]) => (extra ? [...stretch.slice(0, at), extra, ...stretch.slice(at)] : stretch))
  return fc
    .array(fc.oneof({ arbitrary: interrupted, weight: 3 }, { arbitrary: twisted, weight: 4 }, { arbitrary: single, weight: 4 }), {
      minLength: 3,
      maxLength: 14,
    })
    .map((stretches) => stretches.flat())
}

export interface Coverage {
  readonly reached: Map<ProposalState, number>
  readonly refused: Map<string, number>
}

/** Plays one history; throws an Error that names the broken invariant. */
export function play(history: readonly Move[], coverage: Coverage, guardSet: Guards = guards): void {
  let now = 0
  let serial = 0
  let tenantState = 'enabled-0'
  let catalogueVersion = 'v0'
  const proposals: ModelProposal[] = []
  const cards: Card[] = []

  function attempt(
    index: number,
    event: ProposalEvent,
    asked: GateFacts['asked'],
    card: Card | undefined,
    fresh: string | null = null,
  ): boolean {
    const proposal = at(index)
    const answer = decide(
      proposal.state,
      event,
      {
        now,
        proposal: {
          tenantId: 'contoso',
          expiresAt: proposal.expiresAt,
          hash: proposal.hash,
          catalogueVersion: proposal.catalogueVersion,
          requestedBy: proposal.requestedBy,
        },
        recomputedHash: `hash of ${proposal.terms}`,
        catalogueVersion,
        offer: card
          ? {
              live: card.state === 'live',
              expiresAt: card.expiresAt,
              personId: card.person,
              tenantId: 'contoso',
              conversationId: card.chat,
              cardActivityId: card.cardId,
              nonce: card.nonce,
              code: card.code,
              proposalHash: card.proposalHash,
              bytesDigest: card.bytes,
            }
          : null,
        liveOffersOfPerson: cards.filter(
          (other) => other.proposal === index && other.person === proposal.requestedBy && other.state === 'live',
        ).length,
        asked,
        confirmedAt: proposal.confirmedAt,
        preStateDigest: proposal.preState,
        freshPreStateDigest: fresh,
      },
      guardSet,
    )
    if (answer.kind === 'refused') {
      count(coverage.refused, answer.guard)
      return false
    }
    if (isTerminal(proposal.state)) throw new Error(`left the end state ${proposal.state}`)
    proposal.state = answer.to
    count(coverage.reached, answer.to)
    return true
  }

  function at(index: number): ModelProposal {
    const proposal = proposals[index]
    if (!proposal) throw new Error(`The model has no proposal ${index}.`)
    return proposal
  }

  function confirm(index: number, twist: Twist, typed: boolean): void {
    const own = cards.filter((card) => card.proposal === index)
    const card = twist === 'oldOffer' ? own.find((candidate) => candidate.state !== 'live') : own.at(-1)
    if (!card) return
    const proposal = at(index)
    const honest = {
      personId: card.person as string,
      tenantId: 'contoso',
      conversationId: card.chat,
      conversationType: card.chat === 'group' ? ('other' as const) : ('personal' as const),
      cardActivityId: typed ? null : card.cardId,
      nonce: typed ? null : card.nonce,
      code: typed ? card.code : null,
      proposalHash: proposal.hash,
      renderedDigest: `bytes of ${proposal.terms}`,
      mayConfirm: true,
    }
    const asked = {
      none: honest,
      oldOffer: honest,
      person: { ...honest, personId: 'mallory' },
      tenant: { ...honest, tenantId: 'fabrikam' },
      chat: { ...honest, conversationId: 'chat-of-a-stranger' },
      groupChat: { ...honest, conversationType: 'other' as const },
      card: { ...honest, cardActivityId: 'another card' },
      bytes: { ...honest, renderedDigest: 'other bytes' },
      code: { ...honest, nonce: null, code: 'ZZZZ' },
      role: { ...honest, mayConfirm: false },
      hash: { ...honest, proposalHash: 'another hash' },
    }[twist]
    const wasLive = card.state === 'live'
    if (!attempt(index, 'confirm', asked, card)) return
    if (twist !== 'none' && twist !== 'oldOffer' && !(twist === 'person' && card.person === 'mallory') && !(twist === 'card' && typed))
      throw new Error(`confirmed with a wrong ${twist}`)
    if (!wasLive) throw new Error('confirmed by a dead card')
    if (now >= card.expiresAt) throw new Error('confirmed after the offer had ended')
    if (now >= proposal.expiresAt) throw new Error('confirmed after the proposal had ended')
    if (card.chat === 'group') throw new Error('confirmed in a group')
    if (card.bytes !== `bytes of ${proposal.terms}` || proposal.hash !== `hash of ${proposal.terms}`)
      throw new Error('confirmed other terms than were shown')
    if (proposal.catalogueVersion !== catalogueVersion) throw new Error('confirmed under another catalogue')
    proposal.confirmations++
    if (proposal.confirmations > 1) throw new Error('confirmed twice')
    card.state = 'used'
    proposal.confirmedAt = now
  }

  function execute(index: number, crash: 'no' | 'beforeSend' | 'afterSend' | 'afterAnswer'): void {
    const proposal = at(index)
    if (proposal.state !== 'confirmed') return
    if (!attempt(index, 'begin', null, undefined, tenantState)) {
      if (proposal.confirmedAt !== null && now - proposal.confirmedAt >= 900_000) attempt(index, 'expire', null, undefined)
      else if (proposal.preState !== tenantState) attempt(index, 'goneStale', null, undefined)
      else attempt(index, 'supersede', null, undefined)
      return
    }
    proposal.step = 'sending'
    if (proposal.confirmedAt === null || now - proposal.confirmedAt >= 900_000) throw new Error('began long after the yes')
    if (crash === 'beforeSend') return
    if (proposal.preState !== tenantState) throw new Error('wrote over a changed object')
    if (proposal.hash !== `hash of ${proposal.terms}`) throw new Error('sent other terms than were confirmed')
    if (proposal.confirmations !== 1) throw new Error('wrote without a confirmation')
    proposal.writes++
    if (proposal.writes > 1) throw new Error('wrote twice')
    tenantState = `written by ${index}`
    if (crash === 'afterSend') return
    attempt(index, 'answered', null, undefined)
    proposal.step = 'done'
    if (crash === 'afterAnswer') return
    readBack(index)
  }

  function readBack(index: number): void {
    const done = tenantState === `written by ${index}`
    if (
      attempt(index, done ? 'readBackDone' : 'readBackNotDone', null, undefined) &&
      at(index).state === 'verified' &&
      at(index).writes !== 1
    )
      throw new Error('verified without a write')
  }

  for (const move of history) {
    const index = 'proposal' in move ? (move.proposal === -1 ? proposals.length - 1 : move.proposal) : -1
    if ('proposal' in move && !proposals[index]) continue
    switch (move.kind) {
      case 'propose':
        proposals.push({
          state: 'proposed',
          requestedBy: move.by,
          expiresAt: now + 86_400_000,
          hash: `hash of terms ${proposals.length}`,
          terms: `terms ${proposals.length}`,
          catalogueVersion,
          preState: tenantState,
          step: 'planned',
          writes: 0,
          confirmations: 0,
          confirmedAt: null,
        })
        count(coverage.reached, 'proposed')
        break
      case 'offer': {
        const proposal = at(index)
        const chat = move.group ? 'group' : `chat-${proposal.requestedBy}`
        for (const card of cards) if (card.proposal === index && card.state === 'live' && now >= card.expiresAt) card.state = 'dead'
        const asked = {
          personId: proposal.requestedBy,
          tenantId: 'contoso',
          conversationId: chat,
          conversationType: move.group ? ('other' as const) : ('personal' as const),
          cardActivityId: null,
          nonce: null,
          code: null,
          proposalHash: proposal.hash,
          renderedDigest: '',
          mayConfirm: true,
        }
        if (!attempt(index, 'offer', asked, undefined)) break
        serial++
        cards.push({
          proposal: index,
          person: proposal.requestedBy,
          chat,
          cardId: `card-${serial}`,
          nonce: `nonce-${serial}`,
          code: `C${serial}`,
          bytes: `bytes of ${proposal.terms}`,
          proposalHash: proposal.hash,
          expiresAt: now + 300_000,
          state: 'live',
        })
        if (cards.filter((card) => card.proposal === index && card.state === 'live').length > 1) throw new Error('two live offers')
        if (move.group) throw new Error('offered in a group')
        break
      }
      case 'confirm':
        confirm(index, move.twist, move.typed)
        break
      case 'reject':
        if (
          attempt(
            index,
            'reject',
            {
              personId: move.by,
              tenantId: 'contoso',
              conversationId: '',
              conversationType: 'personal',
              cardActivityId: null,
              nonce: null,
              code: null,
              proposalHash: at(index).hash,
              renderedDigest: '',
              mayConfirm: true,
            },
            undefined,
          ) &&
          move.by !== at(index).requestedBy
        )
          throw new Error('rejected by somebody else')
        break
      case 'run':
        execute(index, move.crash)
        break
      case 'recover':
        for (const [found, proposal] of proposals.entries()) {
          if (proposal.state === 'executing') attempt(found, 'answerUnknown', null, undefined)
          if (proposal.state === 'executed') readBack(found)
        }
        break
      case 'tick':
        now += move.seconds * 1000
        break
      case 'withdrawCard':
        for (const card of cards) if (card.proposal === index && card.state === 'live') card.state = 'dead'
        break
      case 'sweep':
        for (const [found, proposal] of proposals.entries())
          if (now >= proposal.expiresAt && (proposal.state === 'proposed' || proposal.state === 'offered'))
            attempt(found, 'expire', null, undefined)
        break
      case 'edit':
        serial++
        tenantState = `edited ${serial}`
        break
      case 'tamper':
        at(index).terms = `tampered ${index}`
        break
      case 'upgrade':
        serial++
        catalogueVersion = `v${serial}`
        break
    }
  }
}

function count<Key>(map: Map<Key, number>, key: Key): void {
  map.set(key, (map.get(key) ?? 0) + 1)
}
