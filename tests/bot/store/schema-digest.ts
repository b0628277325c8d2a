import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/** Changes with every migration: a database kept from an earlier run is used only by the schema that it was made for. */
export function schemaDigest(): string {
  const folder = new URL('../../../bot/src/store/migrations/', import.meta.url)
  const files = readdirSync(folder).sort()
  const hash = createHash('sha256')
  for (const file of [...files.map((name) => new URL(name, folder)), new URL('../provision.ts', folder)]) hash.update(readFileSync(file))
  return hash.digest('hex').slice(0, 12)
}
