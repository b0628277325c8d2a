import type { InputField } from '@countersign/core/actions/action.ts'
import { findAction } from '@countersign/core/actions/catalogue.ts'
import type { Capability } from '@countersign/core/principal.ts'

/** Kinds of objects that are found by what a person wrote. */
export type SearchKind = 'user' | 'guest' | 'group' | 'application' | 'servicePrincipal' | 'policy'

/** One thing that follows the words of a command. */
export interface Slot {
  /** As the usage shows it. */
  readonly name: string
  readonly is: SearchKind | 'users' | 'choice' | 'text'
  /** Name in the action's input; of a list to pick from, the object whose list it is. '' for plain text. */
  readonly input: string
  /** Asked when it is missing. */
  readonly question: string
  /** Values of a choice with their titles. */
  readonly choices?: Readonly<Record<string, string>>
}

/** Lists of what belongs to an object, from which the rest of an action's input is picked. */
export type PickList =
  'expiredSecrets' | 'expiredCertificates' | 'enterpriseSecrets' | 'signInMethods' | 'roles' | 'grants' | 'permissions' | 'staleGuests'

/** What words in chat can mean. */
export interface Command {
  readonly id: string
  /** The words that call it, the first of them the usual ones. Lower case, single spaces; matched exactly, never by likeness. */
  readonly words: readonly [string, ...string[]]
  /** Words that call it only when the whole line has its shape, because other commands begin with them too. */
  readonly wide: readonly string[]
  readonly slots: readonly Slot[]
  /** Words between the two slots; with one slot, words that must follow it. */
  readonly joint: readonly string[]
  readonly help: string
  /** `propose` makes a card that waits for a countersignature; no command changes anything by itself. */
  readonly does: 'read' | 'propose' | 'talk'
  /** Null: everybody may ask, nothing of the tenant is shown. */
  readonly needs: Capability | null
  /** Ids in the catalogue of what it can propose; empty for everything else. */
  readonly actions: readonly string[]
  readonly picks: PickList | null
  /** Whether Teams lists it; a list there has at most twelve. */
  readonly inTeams: boolean
}

const slotKinds = {
  user: ['person', 'Whom? Write the user principal name, the object id, or the beginning of the display name.'],
  guest: ['guest', 'Which guest? Write the user principal name, the mail address, the object id, or the beginning of the display name.'],
  group: ['group', 'Which group? Write its object id or the beginning of its name.'],
  application: ['application', 'Which application? Write its application id, its object id, or the beginning of its name.'],
  servicePrincipal: ['application', 'Which application? Write its application id, its object id, or the beginning of its name.'],
  policy: ['policy', 'Which policy? Write its id or the beginning of its name.'],
  users: ['people', 'Which people? Write their user principal names or object ids, with commas between them.'],
  choice: ['choice', 'Which of these?'],
} as const satisfies Readonly<Partial<Record<InputField['is'], readonly [name: string, question: string]>>>

/** A slot for an object of this kind; `input` names what it fills. */
export function slotFor(is: keyof typeof slotKinds, input: string, choices?: Readonly<Record<string, string>>): Slot {
  const [name, question] = slotKinds[is]
  if (!choices) return { name, is, input, question }
  const keys = Object.keys(choices)
  return { name: keys.length <= 3 ? keys.join('|') : input, is, input, question, choices }
}

interface Acting {
  readonly words: Command['words']
  readonly wide?: readonly string[]
  readonly help: string
  readonly joint?: readonly string[]
  /** The inputs in the order in which they are written, where that is not the order of the catalogue. */
  readonly order?: readonly string[]
  readonly inTeams?: boolean
}

/** A command for one action: what follows its words is what the action's entry asks for. */
export function acts(action: string, acting: Acting & { readonly id?: string }): Command {
  const inputs = findAction(action)?.inputs
  if (!inputs) throw new Error(`There is no action ${action} for the command “${acting.words[0]}”.`)
  const slots = inputs.map(({ name, is, title, choices }) => {
    if (is === 'id' || is === 'role' || is === 'guests')
      throw new Error(`The input ${name} of ${action} cannot be written in chat: give it a list to pick from.`)
    const slot = slotFor(is, name, choices)
    return is === 'choice' || is === 'users' ? { ...slot, question: `${title}: ${lowerFirst(slot.question)}` } : slot
  })
  const place = ({ input }: Slot): number => acting.order?.indexOf(input) ?? 0
  return command(
    acting.id ?? action,
    [action],
    acting,
    slots.toSorted((a, b) => place(a) - place(b)),
    null,
  )
}

/** A command for what is picked from a list that belongs to an object, or to the tenant when `of` is null. */
export function picks(id: string, list: PickList, of: Slot | null, acting: Acting & { readonly actions: readonly string[] }): Command {
  return command(id, acting.actions, acting, of ? [of] : [], list)
}

function command(id: string, actions: readonly string[], acting: Acting, slots: readonly Slot[], list: PickList | null): Command {
  const { words, wide = [], joint = [], help, inTeams = false } = acting
  return { id, words, wide, slots, joint, help, does: 'propose', needs: 'propose', actions, picks: list, inTeams }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
