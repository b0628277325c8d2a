/** Random histories: honest stretches, stretches with one thing wrong, cut off, mixed with each other and with noise. */
import { fc } from '../../random.ts'
import {
  awaitingSecond,
  confirm,
  confirmed,
  crashes,
  forges,
  indeterminate,
  offer,
  offered,
  outcomes,
  plainCourse,
  propose,
  type Act,
  type Course,
  type Move,
  type Stretch,
  type Who,
} from './gate-model-moves.ts'
import { targets } from './gate-model-targets.ts'
import { roleHolders } from './gate-model-world.ts'

const who = fc.constantFrom<Who>('requester', 'second', 'third', 'stranger')
const forge = fc.constantFrom('none', ...forges)
const mostly = (usual: boolean): fc.Arbitrary<boolean> => fc.nat({ max: 5 }).map((n) => (n > 0 ? usual : !usual))

const course: fc.Arbitrary<Course> = fc.record({
  hasAid: mostly(true),
  at: fc.nat({ max: 2 }),
  outcome: fc.constantFrom('done', 'done', ...outcomes),
  crash: fc.constantFrom('no', ...crashes),
  edited: fc.constantFrom('no', 'no', 'no', 'no', 'before', 'after'),
  isClear: mostly(true),
})

function act(of: number): fc.Arbitrary<Act> {
  return fc.oneof(
    fc.record({ kind: fc.constant('offer'), of: fc.constant(of), to: who, isGroup: mostly(false), again: fc.boolean() }),
    fc.record({
      kind: fc.constant('confirm'),
      of: fc.constant(of),
      card: fc.constantFrom('first', 'old', 'last', 'last'),
      forge,
      typed: fc.boolean(),
      wrongEvent: mostly(false),
    }),
    fc.record({ kind: fc.constant('withdraw'), of: fc.constant(of), by: who, forge: fc.constantFrom('none', 'tenant', 'role') }),
    fc.record({
      kind: fc.constant('close'),
      of: fc.constant(of),
      how: fc.constantFrom('settle', 'readBackDone'),
      by: who,
      forge: fc.constantFrom('none', 'none', 'tenant', 'role'),
    }),
    fc.record({ kind: fc.constant('execute'), of: fc.constant(of), course }),
    fc.record({ kind: fc.constant('deliver'), which: fc.nat({ max: 4 }) }),
  )
}

/** What may come at any time, in any state. */
function noise(of: number): fc.Arbitrary<Move> {
  const own = fc.constant(of)
  return fc.oneof(
    { arbitrary: act(of), weight: 4 },
    fc.record({ kind: fc.constant('post'), of: own, typed: fc.boolean() }),
    fc.record({ kind: fc.constant('race'), first: act(of), second: act(of) }),
    fc.record({ kind: fc.constant('recover'), course, goesOn: fc.boolean() }),
    fc.record({ kind: fc.constant('readBack'), of: own, isClear: fc.boolean() }),
    fc.record({
      kind: fc.constant('readBackLate'),
      of: own,
      event: fc.constantFrom('readBackDone', 'readBackNotDone', 'readBackUnclear'),
    }),
    fc.record({
      kind: fc.constant('reportLate'),
      of: own,
      event: fc.constantFrom('answered', 'answerFailed', 'answerUnknown', 'stopped'),
    }),
    fc.record({ kind: fc.constant('end'), of: own, event: fc.constantFrom('expire', 'goneStale', 'supersede') }),
    fc.constant<Move>({ kind: 'sweep' }),
    fc.record({ kind: fc.constant('tick'), seconds: fc.constantFrom(1, 60, 301, 901, 14_401, 86_401, -60, -3600) }),
    fc.record({ kind: fc.constantFrom('endCards', 'restoreCard'), of: own }),
    fc.record({ kind: fc.constant('edit'), of: own, part: fc.nat({ max: 2 }) }),
    fc.record({ kind: fc.constant('tamper'), of: own, what: fc.constantFrom('hidden', 'shown', 'approvals', 'rehashed') }),
    fc.constantFrom<Move>({ kind: 'upgrade' }, { kind: 'render' }, { kind: 'switch', on: false }, { kind: 'switch', on: true }),
  )
}

/** Ways that go well, whoever stumbles at the end. */
const honest: readonly ((course: Course) => Stretch)[] = [
  (way) => (variant) => [
    ...confirmed(variant, 1),
    { kind: 'execute', of: variant.of, course: way },
    { kind: 'recover', course: way, goesOn: variant.typed },
  ],
  (way) => (variant) => [
    ...confirmed(variant, 2),
    { kind: 'execute', of: variant.of, course: way },
    { kind: 'recover', course: { ...way, outcome: 'done', crash: 'no' }, goesOn: variant.typed },
  ],
  (way) => (variant) => [
    ...indeterminate(variant),
    { kind: 'close', of: variant.of, how: way.at > 1 ? 'readBackDone' : 'settle', by: 'second', forge: 'none' },
  ],
  (way) => (variant) => [
    ...(way.at === 0 ? propose(variant, 1) : way.at === 1 ? offered(variant, 1) : awaitingSecond(variant)),
    { kind: 'withdraw', of: variant.of, by: way.at === 2 && variant.typed ? 'second' : 'requester', forge: 'none' },
  ],
  (way) => (variant) => [
    ...(way.at === 0 ? propose(variant, 1) : way.at === 1 ? offered(variant, 1) : awaitingSecond(variant)),
    { kind: 'tick', seconds: 86_400 },
    { kind: 'sweep' },
  ],
  (way) => (variant) => [
    ...(way.at === 0 ? propose(variant, 1) : way.at === 1 ? awaitingSecond(variant) : confirmed(variant, 1)),
    { kind: 'end', of: variant.of, event: variant.typed ? 'goneStale' : 'supersede' },
  ],
  // The answer came, the process died, and somebody changed the object before it was read back.
  (way) => (variant) => [
    ...confirmed({ ...variant, steps: 1 }, 1),
    { kind: 'execute', of: variant.of, course: { ...plainCourse, crash: 'afterAnswer' } },
    ...(way.at > 0 ? [{ kind: 'edit', of: variant.of, part: 0 } as const] : []),
    ...(variant.typed || way.at > 0 ? [{ kind: 'recover', course: plainCourse, goesOn: false } as const] : []),
  ],
  // Two at once: the same yes twice, two second people, two processes, a yes and a withdrawal.
  () => (variant) => [...offered(variant, variant.typed ? 1 : 2), { kind: 'race', first: confirm(variant), second: confirm(variant) }],
  () => (variant) => [
    ...awaitingSecond(variant),
    offer(variant, 'second'),
    offer(variant, 'third'),
    { kind: 'race', first: confirm(variant, { card: 'old' }), second: confirm(variant) },
  ],
  (way) => (variant) => [
    ...confirmed(variant, 1),
    {
      kind: 'race',
      first: { kind: 'execute', of: variant.of, course: way },
      second: { kind: 'execute', of: variant.of, course: { ...way, crash: 'no' } },
    },
  ],
  () => (variant) => [
    ...offered(variant, 1),
    { kind: 'race', first: { kind: 'withdraw', of: variant.of, by: 'requester', forge: 'none' }, second: confirm(variant) },
  ],
  () => (variant) => [...offered(variant, 1), { kind: 'race', first: offer(variant), second: offer(variant) }, confirm(variant)],
  // The same yes is delivered late, and again.
  () => (variant) => [
    ...offered(variant, variant.typed ? 1 : 2),
    { kind: 'post', of: variant.of, typed: variant.typed },
    { kind: 'tick', seconds: 1 },
    { kind: 'deliver', which: 0 },
    { kind: 'deliver', which: 0 },
  ],
]

function stretch(of: number): fc.Arbitrary<Move[]> {
  const variant = fc.record({
    of: fc.constant(of),
    by: fc.constantFrom(...roleHolders),
    typed: fc.boolean(),
    steps: fc.integer({ min: 1, max: 3 }),
  })
  const aimed = fc.tuple(fc.constantFrom(...targets), variant).map(([make, how]) => make(how))
  const straight = fc.tuple(fc.constantFrom(...honest), course, variant).map(([make, way, how]) => make(way)(how))
  const cut = fc.tuple(straight, fc.nat({ max: 6 })).map(([moves, at]) => moves.slice(0, 2 + at))
  const whole = fc.oneof({ arbitrary: aimed, weight: 6 }, { arbitrary: straight, weight: 4 }, { arbitrary: cut, weight: 2 })
  const disturbed = fc.tuple(whole, fc.nat({ max: 20 }), noise(of)).map(([moves, at, extra]) => moves.toSpliced(at, 0, extra))
  return fc
    .tuple(fc.oneof({ arbitrary: whole, weight: 3 }, { arbitrary: disturbed, weight: 1 }), fc.array(noise(of), { maxLength: 3 }))
    .map((parts) => parts.flat())
}

/** Stretches after each other, a third of them mixed move by move with the one before. */
export const histories: fc.Arbitrary<Move[]> = fc
  .tuple(...Array.from({ length: 14 }, (_unused, of) => fc.tuple(stretch(of), fc.nat({ max: 5 }))))
  .map((parts) => {
    const history: Move[] = []
    let open: Move[] = []
    for (const [moves, mix] of parts) {
      if (mix === 0) open = mixed(open, moves)
      else {
        history.push(...open)
        open = moves
      }
    }
    return [...history, ...open]
  })

function mixed(some: readonly Move[], others: readonly Move[]): Move[] {
  return Array.from({ length: Math.max(some.length, others.length) }, (_unused, index) => [some[index], others[index]])
    .flat()
    .filter((move) => move !== undefined)
}
