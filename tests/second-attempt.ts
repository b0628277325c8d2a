import { jest } from '@jest/globals'

// Milliseconds for each test and each hook of a file that says nothing else. It ends a stand-still and is far beyond what a slow machine takes.
jest.setTimeout(300_000)

// A browser or a whole service on a busy machine may miss its moment once. What passes only at the second attempt is named at
// the end of the run (tools/test.mjs), so that it is mended; the drill allows none.
if (process.env.DRILL !== '1') jest.retryTimes(1, { logErrorsBeforeRetry: true })
