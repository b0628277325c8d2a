import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** NIST's schemas of assessment results as they were published (tests/samples/NOTICE). */
const folder = fileURLToPath(new URL('../../samples/oscal/', import.meta.url))

export const publishedVersions: readonly string[] = readdirSync(folder).flatMap(
  (file) => /^assessment-results-(.+)\.json$/.exec(file)?.[1] ?? [],
)

/** Its patterns ask for classes of Unicode, and it has notes of its own that are no keywords of JSON Schema. */
export function validatorOf(version: string): ValidateFunction {
  const schema: unknown = JSON.parse(readFileSync(`${folder}assessment-results-${version}.json`, 'utf8'))
  if (typeof schema !== 'object' || schema === null) throw new Error(`The schema of OSCAL ${version} is no object.`)
  const ajv = new Ajv({ strict: false, unicodeRegExp: true })
  formats.default(ajv)
  return ajv.compile(schema)
}
