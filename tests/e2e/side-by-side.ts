interface Stoppable {
  readonly stop: () => Promise<void>
}

/** Waits for two programs that start side by side; when one does not come up, the other is stopped before that is thrown. */
export async function sideBySide<One extends Stoppable, Other extends Stoppable>(
  one: Promise<One>,
  other: Promise<Other>,
): Promise<readonly [One, Other]> {
  const [first, second] = await Promise.allSettled([one, other])
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value]
  const problems: unknown[] = []
  for (const result of [first, second])
    if (result.status === 'fulfilled') await result.value.stop()
    else problems.push(result.reason)
  throw problems[0]
}
