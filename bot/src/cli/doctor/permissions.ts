import { openIdScopes, delegatedScopes } from '@countersign/core/data/graph-delegated-scopes.ts'
import type { Config } from '../../config.ts'
import { actScopes, readScopes } from '../../identity/registrations.ts'
import { aidOf, type StoredAid } from '../../store/aid.ts'
import type { Store } from '../../store/database.ts'
import { newestTokenScopes, type TokenScopes } from '../../store/token-scopes.ts'
import { readTx } from '../../store/transaction.ts'
import { ok, problem, unknown, type DoctorLine } from './line.ts'

const read = { id: 'read-permissions', title: 'Read permissions' }
const aidSubject = { id: 'aid', title: 'The Aid' }
const act = { id: 'act-permissions', title: 'Act permissions' }
/** Reads of the store in nobody's name. */
const nobody = '00000000-0000-0000-0000-000000000000'

/** What the tokens obtained last could do, against what is needed; and the state of the Aid. All of it as the service noted it. */
export async function lookAtPermissions(config: Config, store: Store | undefined, isRunning: boolean): Promise<readonly DoctorLine[]> {
  if (!store) return unread(config, isRunning)
  const lines = await Promise.all(
    config.tenants.map(async (tenantId) => {
      const { token, aid } = await readTx(store, { tenantId, objectId: nobody }, async (tx) => ({
        token: (await newestTokenScopes(tx, 'read'))[0],
        aid: await aidOf(tx),
      }))
      return [readLine(token), ...aidLines(config.profile.act, aid)]
    }),
  )
  return lines.flat()
}

function unread(config: Config, isRunning: boolean): readonly DoctorLine[] {
  const because = isRunning
    ? 'The service holds the database that knows. Sign in to it: the overview names what could not be read, the settings show the Aid.'
    : 'It is noted in the database, which could not be opened or is not there yet.'
  const mend = isRunning ? 'To see it here, stop the service and run the doctor again.' : null
  const subjects = config.profile.act === 'on' ? [read, aidSubject, act] : [read]
  return subjects.map((subject) => unknown(subject, because, mend))
}

/** The needed read permissions against those of the last token; consent itself can be read only with somebody's token. */
export function readLine(token: TokenScopes | undefined): DoctorLine {
  const needed = readScopes().map(({ scope }) => scope)
  if (!token)
    return unknown(
      read,
      `Needed: ${needed.join(', ')}. What is consented is known once somebody has signed in.`,
      'Sign in and scan once, then run the doctor again.',
    )
  const missing = needed.filter((scope) => !token.scopes.includes(scope))
  const writing = token.scopes.filter((scope) => delegatedScopes.get(scope)?.kind === 'write')
  if (writing.length > 0)
    return problem(
      read,
      `The last token, of ${token.issuedAt}, could change something: ${writing.join(', ')}.`,
      'Remove these permissions from Countersign Read in Entra; it needs to read only.',
    )
  if (missing.length > 0)
    return problem(
      read,
      `The last token, of ${token.issuedAt}, lacked ${missing.join(', ')}.`,
      'An administrator must grant them to Countersign Read in Entra.',
    )
  return ok(read, `The last token, of ${token.issuedAt}, held all ${needed.length} that are needed, and none that can change something.`)
}

export function aidLines(plane: 'off' | 'on', aid: StoredAid | undefined): readonly DoctorLine[] {
  if (plane === 'off') return [ok(aidSubject, 'Not needed while the act plane is off.')]
  const { write, proof } = actScopes()
  const needed = [...write, ...proof].map(({ scope }) => scope)
  if (!aid)
    return [
      problem(aidSubject, 'It is not connected, so nothing can be carried out.', 'An owner connects it in Settings.'),
      unknown(act, `Needed: ${needed.join(', ')}. What is granted is known once the Aid is connected.`),
    ]
  return [stateLine(aid), scopeLine(aid, needed)]
}

function stateLine({ userPrincipalName, state, detail, roles, checkedAt }: StoredAid): DoctorLine {
  const seen = `${userPrincipalName}, last looked at ${checkedAt}, holds ${roles.length === 0 ? 'no directory role' : `the directory roles ${roles.join(', ')}`}`
  const because = detail === null ? '' : ` ${detail}`
  switch (state) {
    case 'connected':
      return ok(aidSubject, `Connected: ${seen}.`)
    case 'needsSignIn':
      return problem(aidSubject, `It must sign in again: ${seen}.${because}`, 'An owner connects it again in Settings.')
    case 'disabled':
      return problem(
        aidSubject,
        `Its account is disabled: ${seen}.${because}`,
        'Enable the account in Entra, then connect it again in Settings.',
      )
    case 'roleMissing':
      return problem(aidSubject, `It lacks a directory role: ${seen}.${because}`, 'Assign the role to the account in Entra.')
  }
}

function scopeLine({ scopes, checkedAt }: StoredAid, needed: readonly string[]): DoctorLine {
  const missing = needed.filter((scope) => !scopes.includes(scope))
  if (missing.length > 0)
    return problem(
      act,
      `The Aid's token lacks ${missing.join(', ')}.`,
      'An administrator must grant them to Countersign Act in Entra; then connect the Aid again.',
    )
  const surplus = scopes.filter((scope) => !needed.includes(scope) && !openIdScopes.includes(scope))
  if (surplus.length > 0)
    return problem(
      act,
      `The Aid's token holds more than the enabled actions need: ${surplus.join(', ')}.`,
      'Remove these permissions from Countersign Act in Entra.',
    )
  return ok(act, `The Aid's token held exactly the ${needed.length} that are needed, as of ${checkedAt}.`)
}
