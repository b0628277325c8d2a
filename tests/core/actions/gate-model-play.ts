import type { Coverage } from './gate-model-coverage.ts'
import type { Act, Move } from './gate-model-moves.ts'
import { close, deliver, offer, sendYes, withdraw, type Landing } from './gate-model-people.ts'
import { day, emptyWorld, hashOf, serialOf, valuesOf, type Gate, type Proposal, type World } from './gate-model-world.ts'
import { end, execute, readBack, readBackLate, recover, reportLate } from './gate-model-work.ts'

/** Plays one history against a gate; throws a Harm where an invariant breaks. */
export function play(history: readonly Move[], gate: Gate, coverage: Coverage, swaps = true): void {
  const world = emptyWorld(gate, coverage, swaps)
  const named = new Map<number, Proposal>()
  for (const move of history) {
    if (move.kind === 'propose') {
      if (named.has(move.of)) continue
      const proposal = newProposal(world, move)
      named.set(move.of, proposal)
      world.proposals.push(proposal)
      coverage.reached('proposed')
    } else if (move.kind === 'race') {
      const landings = [move.first, move.second].map((act) => prepare(world, named, act))
      for (const landing of landings) landing()
    } else if (isAct(move)) prepare(world, named, move)()
    else {
      const proposal = 'of' in move ? named.get(move.of) : undefined
      if (proposal) happen(world, proposal, move)
      else happenToAll(world, move)
    }
  }
}

function newProposal(world: World, { by, approvals, steps }: Extract<Move, { kind: 'propose' }>): Proposal {
  const serial = serialOf(world)
  // Two objects, so that plans get into each other's way.
  const object = `object ${serial % 2}`
  const values = world.objects.get(object) ?? ['as found', 'as found', 'as found']
  world.objects.set(object, values)
  const terms = { shown: `plan ${serial}`, hidden: `requests ${serial}`, approvals }
  return {
    state: 'proposed',
    version: 0,
    requestedBy: by,
    expiresAt: world.now + day,
    hash: hashOf(terms),
    catalogue: world.catalogue,
    approvals,
    object,
    mark: `written by ${serial}`,
    preState: values.slice(0, steps),
    terms,
    confirmedAt: null,
    confirmedHashes: [],
    cards: [],
    steps: Array.from({ length: steps }, () => ({ state: 'planned' as const, sends: 0, shown: false })),
    story: { cards: 0, yes: [], begun: false, lastWord: false, readBack: null, settled: false, ended: null },
  }
}

function isAct(move: Move): move is Act {
  return ['offer', 'confirm', 'withdraw', 'close', 'execute', 'deliver'].includes(move.kind)
}

/** Reads and asks the gate now; what is returned stores the answer. */
function prepare(world: World, named: ReadonlyMap<number, Proposal>, act: Act): Landing {
  if (act.kind === 'deliver') return deliver(world, world.mail[world.mail.length - 1 - act.which], false)
  const proposal = named.get(act.of)
  if (!proposal) return () => undefined
  switch (act.kind) {
    case 'offer':
      return offer(world, proposal, act.to, act.isGroup, act.again)
    case 'confirm':
      sendYes(world, proposal, act.card, act.forge, act.typed)
      return deliver(world, world.mail.at(-1), act.wrongEvent)
    case 'withdraw':
      return withdraw(world, proposal, act.by, act.forge)
    case 'close':
      return close(world, proposal, act.how, act.by, act.forge)
    case 'execute':
      return execute(world, proposal, act.course)
  }
}

type Happening = Exclude<Move, Act | { kind: 'propose' } | { kind: 'race' }>

function happen(world: World, proposal: Proposal, move: Happening): void {
  switch (move.kind) {
    case 'post':
      sendYes(world, proposal, 'last', 'none', move.typed)
      break
    case 'readBack':
      readBack(world, proposal, move.isClear)
      break
    case 'readBackLate':
      readBackLate(world, proposal, move.event)
      break
    case 'reportLate':
      reportLate(world, proposal, move.event)
      break
    case 'end':
      end(world, proposal, move.event)
      break
    case 'endCards':
      for (const card of proposal.cards) if (card.state === 'live') card.state = 'dead'
      break
    case 'restoreCard': {
      const [first] = proposal.cards
      if (first?.state === 'used') first.state = 'live'
      break
    }
    case 'edit':
      valuesOf(world, proposal)[move.part] = `edit ${serialOf(world)}`
      break
    case 'tamper':
      proposal.terms =
        move.what === 'approvals'
          ? { ...proposal.terms, approvals: proposal.terms.approvals === 1 ? 2 : 1 }
          : { ...proposal.terms, [move.what === 'rehashed' ? 'hidden' : move.what]: `tampered ${serialOf(world)}` }
      if (move.what === 'rehashed') proposal.hash = hashOf(proposal.terms)
      break
    default:
      happenToAll(world, move)
  }
}

function happenToAll(world: World, move: Happening): void {
  switch (move.kind) {
    case 'recover':
      recover(world, move.course, move.goesOn)
      break
    case 'sweep':
      for (const proposal of world.proposals) if (world.now >= proposal.expiresAt) end(world, proposal, 'expire')
      break
    case 'tick':
      world.now += move.seconds * 1000
      break
    case 'upgrade':
      world.catalogue = `catalogue ${serialOf(world)}`
      break
    case 'render':
      world.renderer = `renderer ${serialOf(world)}`
      break
    case 'switch':
      world.enabled = move.on
      break
  }
}
