/** A process that opens the store on a folder, says so, and then writes one row after another, naming each once its commit was acknowledged. */
import { openStore } from '../../../bot/src/store/database.ts'
import { addFindingHistory } from '../../../bot/src/store/findings.ts'
import { ensureTenant } from '../../../bot/src/store/tenants.ts'
import { writeTx } from '../../../bot/src/store/transaction.ts'

const [dataDir = '', tenantId = '', task = 'write'] = process.argv.slice(2)
const principal = { tenantId, objectId: tenantId }
const at = '2026-11-20T10:00:00.000Z'
const warn = (_fields: object, message: string) => void process.stdout.write(`log ${message}\n`)

try {
  const store = await openStore({ dataDir, deploymentKey: new Uint8Array(32).fill(7) }, { info: () => undefined, warn, error: warn })
  let open = true
  process.once('SIGTERM', () => {
    open = false
    store.close().then(() => process.stdout.write('closed\n'))
  })
  await writeTx(store, principal, (tx) => ensureTenant(tx, { displayName: 'Contoso', domain: '', at }))
  process.stdout.write('open\n')
  for (let index = 0; open && task === 'write'; index++) {
    await writeTx(store, principal, (tx) =>
      addFindingHistory(tx, [{ findingKey: String(index), checkId: 'acknowledged', at, what: 'written', receiptNumber: null }]),
    ).then(
      () => process.stdout.write(`wrote ${index}\n`),
      (problem: unknown) => {
        if (open) throw problem
      },
    )
  }
} catch (problem) {
  process.stdout.write(`problem ${problem instanceof Error ? problem.message : String(problem)}\n`)
  process.exitCode = 1
}
