import { open } from 'node:fs/promises'
import { readJson } from '@countersign/core/parse-json.ts'

/** Lines of a text file, one at a time. Throws what the system says when it cannot be read. */
export async function* linesOf(file: string): AsyncIterable<string> {
  const handle = await open(file)
  try {
    for await (const line of handle.readLines({ encoding: 'utf8' })) yield line
  } finally {
    await handle.close()
  }
}

/** The JSON of a text; undefined where it is none, or is written otherwise than a program writes it: a name that stands twice shows one value here and may show another elsewhere. */
export function jsonAsWritten(text: string): { readonly value: unknown } | undefined {
  try {
    const value = readJson(text)
    return [undefined, 2, 4, '\t'].some((space) => JSON.stringify(value, null, space) === text) ? { value } : undefined
  } catch {
    return undefined
  }
}
