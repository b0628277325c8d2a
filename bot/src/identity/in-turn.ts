/** The same work, done for one subject after what was begun for it before, however that ended. */
export function inTurn<T>(work: (subjectId: string) => Promise<T>): (subjectId: string) => Promise<T> {
  const last = new Map<string, Promise<unknown>>()
  return (subjectId) => {
    const before = last.get(subjectId) ?? Promise.resolve()
    const mine = before.then(
      () => work(subjectId),
      () => work(subjectId),
    )
    last.set(subjectId, mine)
    return mine
  }
}
