import * as React from 'react'

/** What people have typed and not sent, by the name of its form: kept in memory alone, and gone with the page. */
const drafts = new Map<string, unknown>()

export interface Draft<Value> {
  readonly value: Value
  readonly set: (value: Value) => void
  /** Forgets it: what was typed has been sent, or is not wanted any more. */
  readonly clear: () => void
}

/** State of a form that outlives the form: a dialog that is drawn anew, for example after a new sign-in, still has what was typed. */
export function useDraft<Value>(key: string, initial: Value): Draft<Value> {
  // The parsed boundary: under one key only one form puts something, always of this type.
  const [value, setValue] = React.useState<Value>(() => (drafts.has(key) ? (drafts.get(key) as Value) : initial))
  return {
    value,
    set: (next) => {
      drafts.set(key, next)
      setValue(next)
    },
    clear: () => {
      drafts.delete(key)
    },
  }
}

/** Whether somebody has begun to write something that a reload would lose. */
export function hasDrafts(): boolean {
  return drafts.size > 0
}

/** Nothing of one person is shown to the next. */
export function clearDrafts(): void {
  drafts.clear()
}

/** Asks before the page is left while something typed would be lost by it. */
export function useLeaveGuard(): void {
  React.useEffect(() => {
    const guard = (event: BeforeUnloadEvent): void => {
      if (hasDrafts()) event.preventDefault()
    }
    window.addEventListener('beforeunload', guard)
    return () => window.removeEventListener('beforeunload', guard)
  }, [])
}
