import { cleanName } from '@countersign/core/text/clean-name.ts'
import type { Command, PickList } from '../assistant/commands/command.ts'
import type { FoundObject } from '../assistant/find-objects.ts'
import { pickLists } from '../assistant/pick-lists.ts'
import { stalestGuests } from '../assistant/stale-guests.ts'
import { readTx } from '../store/transaction.ts'
import { heldBeside, problemText, searchAs, type Asking } from './asking.ts'
import { rowPicker, staleGuestsCard } from './cards/picker.ts'
import { say } from './chat-deps.ts'
import { proposeAndOffer } from './propose-and-offer.ts'

/** What each list is called, and what is said when it is empty. */
const lists = {
  expiredSecrets: ['Expired secrets of', 'keeps no expired secret. A secret that still works is never removed here.'],
  expiredCertificates: ['Expired certificates of', 'keeps no expired certificate. One that still works is never removed here.'],
  enterpriseSecrets: ['Expired secrets of', 'keeps no expired secret. A secret that still works is never removed here.'],
  signInMethods: ['Sign-in methods of', 'has no phone, Authenticator or passkey that could be removed.'],
  roles: [
    'Directory roles of',
    'holds no directory role that the switched-on actions could take away. Roles through groups end with the membership.',
  ],
  grants: ['What may be done in people’s names by', 'may do nothing in people’s names.'],
  permissions: ['Application permissions of', 'has no application permission.'],
} as const satisfies Record<Exclude<PickList, 'staleGuests'>, readonly [title: string, empty: string]>

interface Picking {
  readonly command: Command
  readonly naming: readonly string[]
  readonly subject: FoundObject | null
  /** Actions that are switched on. */
  readonly actionIds: readonly string[]
}

/** Shows what can be picked; the only thing there is leads to its proposal at once. */
export async function offerPicks(asking: Asking, picking: Picking): Promise<void> {
  const { deps, turn, principal } = asking
  const { command, naming, subject, actionIds } = picking
  const { picks } = command
  if (picks === null || picks === 'staleGuests' || subject === null) return offerStaleGuests(asking, picking)
  const [title, empty] = lists[picks]
  const read = await searchAs(asking, (reader) => pickLists[picks](reader, { subject, actionIds, now: deps.act.now() }))
  if (read.kind !== 'rows') return void (await say(turn, { text: problemText(read, null, '') }))
  const [only, ...others] = read.rows
  if (!only) return void (await say(turn, { text: `${cleanName(subject.name)} (${subject.details.map(cleanName).join(', ')}) ${empty}` }))
  if (others.length === 0) return proposeAndOffer(deps, turn, principal, { actionId: only.actionId, input: only.input, named: naming })
  const beside = heldBeside(asking, { command, parts: [], naming })
  await say(turn, { card: rowPicker(command, title, subject, read.rows, beside) })
}

async function offerStaleGuests(asking: Asking, { command, naming }: Picking): Promise<void> {
  const { deps, turn, principal } = asking
  const found = await readTx(deps.act.store, principal, stalestGuests)
  if (!found)
    return void (await say(turn, {
      text: `This tenant has not been scanned yet. Start the first scan in Countersign. ${deps.tabUrl}`,
    }))
  if (found.guests.length === 0)
    return void (await say(turn, { text: 'The last scan found no enabled guest who has stayed away for a long time.' }))
  const beside = heldBeside(asking, { command, parts: [], naming })
  await say(turn, { card: staleGuestsCard(command, found.guests, found.more, beside) })
}
