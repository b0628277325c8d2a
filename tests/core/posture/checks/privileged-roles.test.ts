import { join } from 'node:path'
import { runEntryTests } from '../../../build/entry-tests.ts'

await runEntryTests(join(import.meta.dirname, 'privileged-roles'))
