import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Config } from '../../config.ts'
import { ok, problem, unknown, type DoctorLine } from './line.ts'

const authority = { id: 'certificate-authority', title: 'Certificate authority' }
const pemBlocks = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/** Whether the additional certificate authority, if one is named, can be read and is valid now. */
export function lookAtCertificateAuthority(file: string | null, now: number): DoctorLine {
  if (file === null) return ok(authority, 'The public ones alone are trusted.')
  if (!existsSync(file))
    return problem(
      authority,
      `The file ${file} does not exist.`,
      'Correct COUNTERSIGN_CA, or leave it out when every certificate comes from a public authority.',
    )
  const certificates = certificatesIn(file)
  if (certificates.length === 0)
    return problem(
      authority,
      `The file ${file} holds no certificate in PEM form.`,
      'Point COUNTERSIGN_CA at a PEM file of your certificate authority.',
    )
  const outside = certificates.find((certificate) => now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo))
  if (outside)
    return problem(
      authority,
      `A certificate in ${file} is valid only from ${outside.validFrom} to ${outside.validTo}.`,
      'Replace it by the current one of your certificate authority.',
    )
  return ok(authority, `${file} is trusted beside the public ones.`)
}

function certificatesIn(file: string): readonly X509Certificate[] {
  try {
    return (readFileSync(file, 'utf8').match(pemBlocks) ?? []).map((block) => new X509Certificate(block))
  } catch {
    return []
  }
}

const disk = { id: 'disk', title: 'Free disk' }
/** A fresh database takes 60 MB and its log up to 1 GiB (max_wal_size). */
const neededBytes = 2 * 1024 ** 3

/** Free space where the built-in database keeps its files. */
export function lookAtDisk(store: Config['store'], freeBytes: (directory: string) => number = freeBytesAt): DoctorLine {
  if (!('dataDir' in store)) return unknown(disk, 'The database server keeps its own files, whose disk cannot be seen from here.')
  const directory = nearestExisting(store.dataDir)
  const free = freeBytes(directory)
  const amount = `${(free / 1024 ** 3).toFixed(1)} GiB free at ${directory}`
  return free >= neededBytes
    ? ok(disk, `${amount}.`)
    : problem(
        disk,
        `Only ${amount}; the database needs ${neededBytes / 1024 ** 3} GiB to work safely.`,
        'Free some space, or move COUNTERSIGN_DATA to a larger disk.',
      )
}

function freeBytesAt(directory: string): number {
  const { bavail, bsize } = statfsSync(directory)
  return bavail * bsize
}

export function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path))
}
