import { cleanName } from '@countersign/core/text/clean-name.ts'
import { usageOf } from '../../assistant/commands.ts'
import type { Command, Slot } from '../../assistant/commands/command.ts'
import type { FoundObject } from '../../assistant/find-objects.ts'
import type { PickRow } from '../../assistant/pick-lists.ts'
import type { StaleGuest } from '../../assistant/stale-guests.ts'
import { button, card, heading, row, small, text, type Part } from './parts.ts'

type Ids = Readonly<Record<string, string>>
/** More rows than this are not shown to pick from. */
export const pickedFromAtMost = 5

/** Several objects fit: at most five, told apart by their details. Picking one leads on to a proposal, nothing more. */
export function objectPicker(command: Command, slot: Slot, rows: readonly FoundObject[], more: boolean, beside: Ids): Part {
  const better = slot.is === 'user' ? 'user principal name' : slot.is === 'guest' ? 'mail address' : 'id'
  return card(
    `Several fit. Write the ${better} instead.`,
    [
      heading(`Which ${slot.is === 'guest' ? 'guest' : slot.name}?`),
      ...rows.map(({ name, details }, index) => row(`${index + 1}. ${cleanName(name)}`, details.map(cleanName))),
      ...(more ? [small(`More than five fit. If the one you mean is not here, write the ${better}.`)] : []),
    ],
    rows.map(({ id }, index) => button(`Choose ${index + 1}`, command.id, { ...beside, [slot.input]: id })),
  )
}

/** What belongs to an object, to pick from. `of` is null where it belongs to the tenant. */
export function rowPicker(command: Command, title: string, of: FoundObject | null, rows: readonly PickRow[], beside: Ids): Part {
  const shown = rows.slice(0, pickedFromAtMost)
  return card(
    `${title}${of ? ` ${cleanName(of.name)}` : ''}. Open Countersign’s chat in Teams to pick one.`,
    [
      heading(of ? `${title} ${cleanName(of.name)}` : title),
      ...(of ? [small([...of.details.map(cleanName), `Object id ${of.id}`].join(' · '))] : []),
      ...shown.map(({ name, details }, index) => row(`${index + 1}. ${cleanName(name)}`, details.map(cleanName))),
      ...(rows.length > shown.length ? [small(`${rows.length - shown.length} more. Remove these first, then ask again.`)] : []),
    ],
    shown.map(({ actionId, input }, index) => button(`Remove ${index + 1}`, command.id, { ...beside, ...input, actionId })),
  )
}

/** The values of a choice; more than five are written and not pressed. */
export function choiceCard(command: Command, slot: Slot, beside: Ids): Part {
  const choices = Object.entries(slot.choices ?? {})
  const isPressed = choices.length <= pickedFromAtMost
  return card(
    `Write: ${usageOf(command)}`,
    [
      heading('Which of these?'),
      ...choices.map(([value, title], index) => row(`${index + 1}. ${title}`, [`Write: ${command.words[0]} ${value}`])),
      ...(isPressed ? [] : [small(`Usage: ${usageOf(command)}`)]),
    ],
    isPressed ? choices.map(([value], index) => button(`Choose ${index + 1}`, command.id, { ...beside, [slot.input]: value })) : [],
  )
}

/** The guests whom one plan would block, before it is proposed. */
export function staleGuestsCard(command: Command, guests: readonly StaleGuest[], more: number, beside: Ids): Part {
  const count = guests.length === 1 ? '1 guest' : `${guests.length} guests`
  return card(
    `${count} to block. Open Countersign’s chat in Teams to propose it.`,
    [
      heading(`${count} who stayed away longest`),
      text('As the last scan found them. Each is read again before anything is proposed, and two people have to countersign.'),
      ...guests.map(({ name, userPrincipalName, days, ever }, index) =>
        row(`${index + 1}. ${cleanName(name)}`, [
          cleanName(userPrincipalName),
          ever ? `Last signed in ${days} days ago` : `Never signed in; the account is ${days} days old or older`,
        ]),
      ),
      ...(more > 0 ? [small(`${more} more; one plan takes at most 20.`)] : []),
    ],
    [
      button(`Propose to block ${guests.length === 1 ? 'this one' : `these ${guests.length}`}`, command.id, {
        ...beside,
        userIds: guests.map(({ id }) => id).join(','),
      }),
    ],
  )
}
