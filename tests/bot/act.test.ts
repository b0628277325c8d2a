import { join } from 'node:path'
import { runTestsIn } from '../build/test-group.ts'

await runTestsIn(join(import.meta.dirname, 'act'))
