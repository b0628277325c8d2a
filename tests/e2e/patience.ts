/**
 * Milliseconds. None of them is expected to pass: they end what has gone wrong, and are far beyond what a slow machine takes, or one that
 * stands still for a while. A step ends well before the test that it belongs to, so that nothing of a test goes on after it.
 */
export const patience = { step: 90_000, test: 400_000, start: 900_000 } as const
