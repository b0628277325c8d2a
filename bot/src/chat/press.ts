import { z } from 'zod'
import type { Capability, Principal } from '@countersign/core/principal.ts'
import { stopAlerts } from './answer-alerts.ts'
import { answers } from './answer-command.ts'
import { admit, say, type ChatDeps } from './chat-deps.ts'
import type { ChatAct, ChatTurn, TurnAnswer } from './channel.ts'
import { pressCountersign, pressDecline, refreshCard } from './countersign.ts'
import { pickFor } from './press-pick.ts'
import { proposeAndOffer } from './propose-and-offer.ts'

type Press = Extract<ChatAct, { kind: 'press' }>

export interface Button {
  readonly needs: Capability
  /** False when the button's data is not what this button carries. */
  readonly run: (deps: ChatDeps, turn: ChatTurn, principal: Principal, data: unknown) => Promise<boolean>
}

function buttonWith<T>(
  needs: Capability,
  schema: z.ZodType<T>,
  run: (deps: ChatDeps, turn: ChatTurn, principal: Principal, data: T) => Promise<void>,
): Button {
  return {
    needs,
    run: async (deps, turn, principal, data) => {
      const parsed = schema.safeParse(data)
      if (parsed.success) await run(deps, turn, principal, parsed.data)
      return parsed.success
    },
  }
}

/** Buttons that show or propose, by verb. What they carry is read as if a stranger had written it. */
const buttons: Readonly<Record<string, Button>> = {
  fix: buttonWith('propose', z.object({ findingKey: z.string().min(1).max(300) }), (deps, turn, principal, { findingKey }) =>
    proposeAndOffer(deps, turn, principal, { findingKey }),
  ),
  finding: buttonWith('viewFindings', z.object({ code: z.string().min(1).max(20) }), (deps, turn, principal, { code }) =>
    answers.finding({ deps, turn, principal, argument: code }),
  ),
  findings: buttonWith('viewFindings', z.object({ from: z.string().regex(/^\d{1,3}$/) }), (deps, turn, principal, { from }) =>
    answers.findings({ deps, turn, principal, argument: from }),
  ),
  muteAlerts: buttonWith(
    'followAlerts',
    z.object({ ruleId: z.string().regex(/^[a-z-]{1,60}$/), days: z.string().regex(/^\d{1,2}$/) }),
    (deps, turn, principal, { ruleId, days }) => answers.mute({ deps, turn, principal, argument: `${ruleId} for ${days} days` }),
  ),
  stopAlerts: buttonWith('followAlerts', z.object({}), (deps, turn, principal) => stopAlerts({ deps, turn, principal })),
  digestNow: buttonWith('followAlerts', z.object({}), (deps, turn, principal) => answers.digest({ deps, turn, principal, argument: '' })),
}

/** A pressed button, answered in place where the client can show that. */
export async function answerPress(deps: ChatDeps, turn: ChatTurn, press: Press): Promise<TurnAnswer> {
  const answer = await decidePress(deps, turn, press)
  if (press.via === 'invoke') return answer
  if (answer.kind === 'card' && press.cardActivityId !== '') await turn.replaceCard(press.cardActivityId, answer.card)
  if (answer.kind === 'note') await say(turn, { text: answer.text })
  return { kind: 'none' }
}

async function decidePress(deps: ChatDeps, turn: ChatTurn, press: Press): Promise<TurnAnswer> {
  switch (press.verb) {
    case 'countersign':
      return pressCountersign(deps, turn, press)
    case 'decline':
      return pressDecline(deps, turn, press)
    case 'refresh':
      return refreshCard(deps, turn, press)
    default:
      return pressOther(deps, turn, press)
  }
}

async function pressOther(deps: ChatDeps, turn: ChatTurn, press: Press): Promise<TurnAnswer> {
  const button = Object.hasOwn(buttons, press.verb) ? buttons[press.verb] : pickFor(press.verb)
  if (!button) return { kind: 'note', text: 'I do not know this button. Write “help” for what I can do.' }
  const asking = await admit(deps, turn, button.needs)
  if (asking.kind === 'mayNot') return { kind: 'note', text: asking.text }
  const isUnderstood = await button.run(deps, turn, asking.principal, press.data)
  return {
    kind: 'note',
    text: isUnderstood ? 'Answered below.' : 'This button does not carry what it should. Write “findings” for a fresh list.',
  }
}
