import { randomBytes, X509Certificate } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generate } from 'selfsigned'

/** What an HTTPS listener needs, and the authority that a client must trust. */
export interface Certificates {
  /** Absolute path of the authority's certificate, for NODE_EXTRA_CA_CERTS. */
  readonly caPath: string
  readonly ca: string
  readonly certificate: string
  readonly key: string
}

/** The hosts that the one leaf speaks for. The two Microsoft names serve clients that cannot be told another host. */
const DNS_NAMES = ['localhost', 'login.microsoftonline.com', 'graph.microsoft.com']
const LIFETIME_DAYS = 365
const RENEW_DAYS = 7
const DAY_MS = 86_400_000

/**
 * Reuses the authority and leaf kept in the folder, or makes both.
 * The authority's private key is never written: once the leaf is issued nothing more can be signed with it,
 * so trusting ca.pem trusts this leaf only.
 */
export async function loadOrMakeCertificates(folder: string): Promise<Certificates> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const kept = join(folder, 'certificates')
  const existing = await load(kept)
  if (existing) return existing

  const made = await make()
  // Made aside and moved into place whole, so that two emulators starting on one folder agree on one pair.
  const aside = await mkdtemp(join(folder, 'making-'))
  await writeFile(join(aside, 'ca.pem'), made.ca)
  await writeFile(join(aside, 'leaf.pem'), made.certificate)
  await writeFile(join(aside, 'leaf.key'), made.key, { mode: 0o600 })
  await chmod(aside, 0o755)
  try {
    await rename(aside, kept)
  } catch {
    const winner = await load(kept)
    if (winner) {
      await rm(aside, { recursive: true })
      return winner
    }
    await rm(kept, { recursive: true, force: true })
    await rename(aside, kept)
  }
  return { ...made, caPath: join(kept, 'ca.pem') }
}

async function load(folder: string): Promise<Certificates | undefined> {
  const caPath = join(folder, 'ca.pem')
  let ca: string, certificate: string, key: string
  try {
    ;[ca, certificate, key] = await Promise.all([
      readFile(caPath, 'utf8'),
      readFile(join(folder, 'leaf.pem'), 'utf8'),
      readFile(join(folder, 'leaf.key'), 'utf8'),
    ])
  } catch {
    return undefined
  }
  const [authority, leaf] = [new X509Certificate(ca), new X509Certificate(certificate)]
  const isCurrent = Date.parse(leaf.validTo) - Date.now() > RENEW_DAYS * DAY_MS
  const speaksForAll = DNS_NAMES.every((name) => leaf.checkHost(name) !== undefined)
  if (!isCurrent || !speaksForAll || !leaf.verify(authority.publicKey)) return undefined
  return { caPath, ca, certificate, key }
}

async function make(): Promise<Omit<Certificates, 'caPath'>> {
  const notBeforeDate = new Date(Date.now() - 5 * 60_000)
  const notAfterDate = new Date(Date.now() + LIFETIME_DAYS * DAY_MS)
  // selfsigned signs with SHA-1 unless told otherwise, which Node refuses as too weak.
  const common = { algorithm: 'sha256', keyType: 'ec', curve: 'P-256', notBeforeDate, notAfterDate } as const
  // A name of its own for each authority: OpenSSL looks issuers up by name, and a client may trust several emulators.
  const name = `Local emulator authority ${notBeforeDate.toISOString().slice(0, 10)} ${randomBytes(6).toString('hex')}`
  const authority = await generate([{ name: 'commonName', value: name }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  const leaf = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [...DNS_NAMES.map((value) => ({ type: 2 as const, value })), { type: 7, ip: '127.0.0.1' }] },
    ],
  })
  return { ca: authority.cert, certificate: leaf.cert, key: leaf.private }
}
