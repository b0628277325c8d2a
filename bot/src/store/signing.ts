import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import type { Kysely } from 'kysely'
import { seal, unseal, type DeploymentKey } from './seal.ts'
import type { Tables } from './tables.ts'

/** The deployment's Ed25519 key: the same for every process and every start. */
export interface SigningKey {
  /** SPKI PEM. */
  readonly publicKey: string
  /** Signature over the UTF-8 text, base64url. */
  readonly sign: (text: string) => string
}

const name = 'journal signing key'

/** Reads the key, or makes it at the very first start. Throws when the deployment key is not the one that sealed it. */
export async function openSigningKey(db: Kysely<Tables>, deploymentKey: DeploymentKey): Promise<SigningKey> {
  const row = (await stored(db)) ?? (await make(db, deploymentKey))
  if (row.sealed_by !== deploymentKey.id) {
    throw new Error(
      `This store was made with deployment key ${row.sealed_by}; this process has ${deploymentKey.id}. Start it with the DEPLOYMENT_KEY that made the store.`,
    )
  }
  const privateKey = createPrivateKey({ key: unseal(deploymentKey.bytes, row.sealed, name), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey).export({ format: 'pem', type: 'spki' }).toString()
  return { publicKey, sign: (text) => sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64url') }
}

async function stored(db: Kysely<Tables>) {
  return db.selectFrom('deployment_secret').selectAll().where('name', '=', name).executeTakeFirst()
}

async function make(db: Kysely<Tables>, deploymentKey: DeploymentKey) {
  const pair = generateKeyPairSync('ed25519')
  const privateKey = pair.privateKey.export({ format: 'der', type: 'pkcs8' })
  await db
    .insertInto('deployment_secret')
    .values({
      name,
      sealed_by: deploymentKey.id,
      sealed: seal(deploymentKey.bytes, privateKey, name),
      public_key: pair.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const made = await stored(db)
  if (!made) throw new Error('The signing key of the journal could not be stored.')
  return made
}
