import type { RowSource } from './generated-rows.ts'
import { valueAt } from './subject.ts'
import type { Subject } from './subject.ts'

/** One object that looks at one generated row after the other, so that passing a row makes nothing. */
export class Cursor implements Subject {
  private index = 0
  /** The first letters of the property that was asked for last. */
  private heads: Uint32Array = new Uint32Array()
  private headsPath: string | undefined
  private readonly source: RowSource
  private readonly headsOf: (property: string) => Uint32Array

  constructor(source: RowSource, headsOf: (property: string) => Uint32Array) {
    this.source = source
    this.headsOf = headsOf
  }

  on(index: number): this {
    this.index = index
    return this
  }

  value(path: string): unknown {
    const at = path.indexOf('/')
    if (at === -1) return this.source.property(this.index, path) ?? null
    return valueAt(this.source.property(this.index, path.slice(0, at)), path.slice(at + 1))
  }

  firstLetter(path: string): number {
    return this.head(path) & 0xffff
  }

  private head(path: string): number {
    if (path !== this.headsPath) {
      this.heads = this.headsOf(path)
      this.headsPath = path
    }
    return this.heads[this.index] ?? 0
  }

  startsWith(path: string, prefix: string): boolean {
    if (prefix === '') return typeof this.value(path) === 'string'
    const head = this.head(path)
    if ((head & 0xffff) !== prefix.charCodeAt(0)) return false
    if (prefix.length === 1) return true
    if (head >>> 16 !== prefix.charCodeAt(1)) return false
    if (prefix.length === 2) return true
    const value = this.value(path)
    return typeof value === 'string' && value.toLowerCase().startsWith(prefix)
  }
}
