import { readFile, stat } from 'node:fs/promises'

/** Larger than any tenant's answers; a JavaScript text can hold no more. */
const largestFile = 512 * 1024 * 1024

export type FileText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string }

/** The text of a file of Graph's answers. Windows PowerShell writes UTF-16 unless told otherwise, and marks it as such. */
export async function textOfFile(path: string): Promise<FileText> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) return { ok: false, problem: 'This is a folder. Give the path of one file.' }
    if (found.size > largestFile)
      return {
        ok: false,
        problem: `The file has ${found.size} bytes; the most is ${largestFile}. Give the answers of one tenant, split by path.`,
      }
    const bytes = await readFile(path)
    return { ok: true, text: new TextDecoder(encodingOf(bytes)).decode(bytes) }
  } catch (error) {
    return { ok: false, problem: `This cannot be opened: ${error instanceof Error ? error.message : String(error)}` }
  }
}

function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
