import { open, rm } from 'node:fs/promises'

export type Saved =
  | { readonly kind: 'saved'; readonly bytes: number }
  /** A sentence with what to do. */
  | { readonly kind: 'notSaved'; readonly sentence: string }

/** Writes a new file piece by piece. One that was there is left as it is; one that did not become whole is taken away again. */
export async function saveFile(
  out: string,
  pieces: AsyncIterable<string | Uint8Array>,
  because: (error: unknown) => string,
): Promise<Saved> {
  const file = await open(out, 'wx', 0o600).catch((error: unknown) => (Object(error).code === 'EEXIST' ? 'exists' : 'refused'))
  if (file === 'exists')
    return { kind: 'notSaved', sentence: `${out} is there already and was left as it is. Give --out the name of a new file.` }
  if (file === 'refused')
    return { kind: 'notSaved', sentence: `${out} cannot be written. Give --out a file in a folder that you may write to.` }
  let bytes = 0
  try {
    for await (const piece of pieces) {
      const chunk = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece
      await file.write(chunk)
      bytes += chunk.length
    }
    await file.close()
    return { kind: 'saved', bytes }
  } catch (error) {
    await file.close()
    await rm(out, { force: true })
    return { kind: 'notSaved', sentence: because(error) }
  }
}
