/** One stretch for each place where exactly one thing is wrong: what an unbiased generator would hardly ever reach. */
import {
  awaitingSecond,
  confirm,
  confirmed,
  indeterminate,
  offer,
  offered,
  plainCourse,
  propose,
  type Forge,
  type Move,
  type Stretch,
  type Variant,
} from './gate-model-moves.ts'

const daySeconds = 86_400

/** Something of the world changes after a plan was made, or a card shown. */
const changes: readonly ((variant: Variant) => Move)[] = [
  ({ of }) => ({ kind: 'tamper', of, what: 'hidden' }),
  () => ({ kind: 'upgrade' }),
  () => ({ kind: 'switch', on: false }),
]

const offerTargets: readonly Stretch[] = [
  { lead: (variant: Variant) => propose(variant, 1), to: 'requester', wrong: 'second' } as const,
  { lead: (variant: Variant) => offered(variant, 2), to: 'requester', wrong: 'second' } as const,
  { lead: (variant: Variant) => awaitingSecond(variant), to: 'second', wrong: 'requester' } as const,
].flatMap(({ lead, to, wrong }): Stretch[] => [
  (variant) => [...lead(variant), { kind: 'tick', seconds: daySeconds }, offer(variant, to)],
  (variant) => [...lead(variant), { kind: 'upgrade' }, offer(variant, to)],
  (variant) => [...lead(variant), { kind: 'switch', on: false }, offer(variant, to)],
  (variant) => [...lead(variant), offer(variant, to, { isGroup: true })],
  (variant) => [...lead(variant), offer(variant, wrong)],
  (variant) => [...lead(variant), offer(variant, to), offer(variant, to, { again: false })],
])

const confirmTargets: readonly Stretch[] = [
  { lead: (variant: Variant) => propose(variant, 1), to: 'requester', cardSeconds: 300 } as const,
  { lead: (variant: Variant) => propose(variant, 2), to: 'requester', cardSeconds: 300 } as const,
  { lead: (variant: Variant) => awaitingSecond(variant), to: 'second', cardSeconds: 14_400 } as const,
].flatMap(({ lead, to, cardSeconds }): Stretch[] => [
  (variant) => [
    ...lead(variant),
    { kind: 'tick', seconds: daySeconds - 60 },
    offer(variant, to),
    { kind: 'tick', seconds: 60 },
    confirm(variant),
  ],
  (variant) => [...lead(variant), offer(variant, to), { kind: 'tick', seconds: cardSeconds }, confirm(variant)],
  (variant) => [
    ...lead(variant),
    offer(variant, to),
    { kind: 'endCards', of: variant.of },
    offer(variant, to),
    confirm(variant, { card: 'old' }),
  ],
  (variant) => [...lead(variant), offer(variant, to), { kind: 'render' }, confirm(variant)],
  ...changes.map((change): Stretch => (variant) => [...lead(variant), offer(variant, to), change(variant), confirm(variant)]),
  ...(['person', 'tenant', 'chat', 'group', 'code', 'bytes', 'hash', 'role'] as const).map((forge): Stretch => (variant) => [
    ...lead(variant),
    offer(variant, to),
    confirm(variant, { forge }),
  ]),
  (variant) => [...lead(variant), offer(variant, to), confirm(variant, { forge: 'card', typed: false })],
])

const otherTargets: readonly Stretch[] = [
  (variant) => [...offered(variant, 1), confirm(variant, { wrongEvent: true })],
  (variant) => [...offered(variant, 2), confirm(variant, { wrongEvent: true })],
  (variant) => [...awaitingSecond(variant), { kind: 'restoreCard', of: variant.of }, confirm(variant, { card: 'first' })],
  ...([1, 2] as const).flatMap((approvals): Stretch[] =>
    [...changes, ({ of }: Variant): Move => ({ kind: 'edit', of, part: 0 }), (): Move => ({ kind: 'tick', seconds: 900 })].map(
      (change): Stretch =>
        (variant) => [...confirmed(variant, approvals), change(variant), { kind: 'execute', of: variant.of, course: plainCourse }],
    ),
  ),
  ...(['tenant', 'person'] as const).flatMap((wrong): Stretch[] => {
    const withdraw = ({ of }: Variant, stranger: 'second' | 'stranger'): Move => ({
      kind: 'withdraw',
      of,
      by: wrong === 'person' ? stranger : 'requester',
      forge: wrong === 'tenant' ? 'tenant' : 'none',
    })
    return [
      (variant) => [...propose(variant, 1), withdraw(variant, 'second')],
      (variant) => [...offered(variant, 2), withdraw(variant, 'second')],
      (variant) => [...awaitingSecond(variant), withdraw(variant, 'stranger')],
    ]
  }),
  // A new reading shows it done in about one of three worlds: as often as the others it is met only if tried more often.
  ...(['settle', 'readBackDone', 'readBackDone', 'readBackDone'] as const).flatMap((how) =>
    (['tenant', 'role'] satisfies Forge[]).map((forge): Stretch => (variant) => [
      ...indeterminate(variant),
      { kind: 'close', of: variant.of, how, by: 'second', forge },
    ]),
  ),
  (variant) => [...indeterminate(variant), { kind: 'close', of: variant.of, how: 'readBackDone', by: 'second', forge: 'none' }],
]

export const targets: readonly Stretch[] = [...offerTargets, ...confirmTargets, ...otherTargets]
