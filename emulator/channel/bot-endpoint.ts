import type { PlainResponse } from '../server/http.ts'
import { json } from '../server/http.ts'
import type { SignedActivity } from './forge.ts'

/** The bot that the channel speaks to. */
export interface BotSettings {
  /** The messaging endpoint of the Azure Bot resource; here on loopback. */
  readonly endpoint: string
  /** Application id of the bot's registration: the audience of every token sent to it. */
  readonly appId: string
  /** The tenant whose people write to it. */
  readonly tenantId: string
}

/** How long Teams waits for a bot's answer before it calls the turn failed. */
const ANSWER_TIMEOUT_MS = 15_000

/** Posts one activity to the bot. `status` is 0 when the bot did not answer; the response then says so. */
export async function postToBot(bot: BotSettings, signed: SignedActivity): Promise<{ status: number; response: PlainResponse }> {
  try {
    const answer = await fetch(bot.endpoint, {
      method: 'POST',
      redirect: 'error',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(signed.authorization === undefined ? {} : { authorization: signed.authorization }),
      },
      body: JSON.stringify(signed.activity),
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    })
    const body = await answer.text()
    const contentType = answer.headers.get('content-type') ?? 'text/plain'
    return { status: answer.status, response: { status: answer.status, headers: { 'content-type': contentType }, body } }
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    const message = isLate
      ? `The bot at ${bot.endpoint} did not answer within ${ANSWER_TIMEOUT_MS / 1000} seconds.`
      : `The bot at ${bot.endpoint} cannot be reached. Start it, or set its address with PUT /bot.`
    return { status: 0, response: json(isLate ? 504 : 502, { error: { code: isLate ? 'GatewayTimeout' : 'BotUnreachable', message } }) }
  }
}
