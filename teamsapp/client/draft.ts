import * as React from 'react'
import { useMe } from './client.tsx'

/** Before each draft's key in the browser's store; then the person, then the form and what it is about. */
const prefix = 'countersign draft '
/** Drafts that the browser would not store, as in a private window or a frame that may keep nothing: gone with the page. */
const unstored = new Map<string, string>()
/** Drafts begun or taken up on this page. */
const begun = new Set<string>()
let isLeaving = false

export interface Draft<Value> {
  readonly value: Value
  readonly set: (value: Value) => void
  /** Forgets it: what was typed has been sent, or is not wanted any more. */
  readonly clear: () => void
}

/**
 * State of a form that outlives the form and the page: what was typed and not sent is there again after a reload or a new sign-in, in the
 * same tab and for the same person alone. An object id belongs to one person of one tenant. `form` names the form and its object.
 */
export function useDraft<Value>(form: string, initial: Value): Draft<Value> {
  const person = useMe().data?.objectId ?? ''
  // What the form is about may shrink while it is open: the draft stays that of the form that was opened.
  const [opened] = React.useState(form)
  const key = `${prefix}${person} ${opened}`
  const [value, setValue] = React.useState<Value>(() => readDraft(key, initial))
  return {
    value,
    set: (next) => {
      keep(key, JSON.stringify(next))
      setValue(next)
    },
    clear: () => {
      begun.delete(key)
      unstored.delete(key)
      stored((storage) => storage.removeItem(key))
    },
  }
}

function readDraft<Value>(key: string, initial: Value): Value {
  const text = unstored.get(key) ?? stored((storage) => storage.getItem(key))
  if (text == null) return initial
  begun.add(key)
  try {
    const kept: unknown = JSON.parse(text)
    // The parsed boundary: what another version of the form has left is used only where it has the same shape.
    return isLike(initial, kept) ? (kept as Value) : initial
  } catch {
    return initial
  }
}

function isLike(initial: unknown, kept: unknown): boolean {
  if (typeof initial !== typeof kept || Array.isArray(initial) !== Array.isArray(kept)) return false
  if (Array.isArray(kept)) return kept.every((one) => typeof one !== 'object')
  if (typeof initial !== 'object' || typeof kept !== 'object' || initial === null || kept === null) return true
  const found = new Map<string, unknown>(Object.entries(kept))
  return Object.entries(initial).every(([name, value]) => isLike(value, found.get(name)))
}

function keep(key: string, text: string): void {
  begun.add(key)
  const isStored = stored((storage) => {
    storage.setItem(key, text)
    return true
  })
  if (isStored === true) unstored.delete(key)
  else unstored.set(key, text)
}

/** Undefined where the browser gives no store or refuses this. */
function stored<Answer>(take: (storage: Storage) => Answer): Answer | undefined {
  try {
    return take(window.sessionStorage)
  } catch {
    return undefined
  }
}

/** Whether something has been typed that a reload would lose. */
export function wouldLoseDrafts(): boolean {
  return unstored.size > 0
}

/** Nothing of one person is left for the next. */
export function forgetDraftsOfOthers(person: string): void {
  const isOfOther = (key: string): boolean => key.startsWith(prefix) && !key.startsWith(`${prefix}${person} `)
  for (const key of [...unstored.keys(), ...begun].filter(isOfOther)) {
    unstored.delete(key)
    begun.delete(key)
  }
  stored((storage) => {
    for (const key of Object.keys(storage).filter(isOfOther)) storage.removeItem(key)
  })
}

/** Loads the page anew without asking: drafts are there again afterwards. */
export function reloadWithDrafts(): void {
  isLeaving = true
  window.location.reload()
}

/** Asks before the page is left while something typed would be lost by closing it. */
export function useLeaveGuard(): void {
  React.useEffect(() => {
    const guard = (event: BeforeUnloadEvent): void => {
      if (begun.size > 0 && !isLeaving) event.preventDefault()
    }
    window.addEventListener('beforeunload', guard)
    return () => window.removeEventListener('beforeunload', guard)
  }, [])
}
