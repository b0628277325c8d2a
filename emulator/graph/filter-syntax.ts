/** The part of OData's filter language that Graph's directory endpoints speak, as a tree. */
export type Literal = string | number | boolean | null

export type Expression =
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly inner: Expression }
  | { readonly kind: 'compare'; readonly operator: string; readonly path: string; readonly value: Literal }
  | { readonly kind: 'in'; readonly path: string; readonly values: readonly Literal[] }
  | { readonly kind: 'function'; readonly name: string; readonly path: string; readonly value: Literal }
  | { readonly kind: 'any'; readonly path: string; readonly variable: string; readonly inner: Expression }

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|(\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?)|([0-9a-f]{8}-[0-9a-f-]{27})|(-?\d+(?:\.\d+)?)|([A-Za-z_$@][\w$./-]*)|([(),:]))/iy
const COMPARISONS = new Set(['eq', 'ne', 'ge', 'le', 'gt', 'lt'])
const FUNCTIONS = new Set(['startswith', 'endswith', 'contains'])

/** The expression is no filter at all. */
export class FilterSyntax extends Error {}

interface Token {
  readonly kind: 'string' | 'literal' | 'word' | 'mark'
  readonly text: string
}

function tokenise(source: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < source.trimEnd().length) {
    const match = TOKEN.exec(source)
    if (!match) throw new FilterSyntax('Invalid filter clause')
    const [, quoted, date, guid, number, word, mark] = match
    if (quoted !== undefined) tokens.push({ kind: 'string', text: quoted.slice(1, -1).replaceAll("''", "'") })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark })
    else tokens.push({ kind: 'literal', text: date ?? guid ?? number ?? '' })
  }
  return tokens
}

/** Parses an expression; throws FilterSyntax where it is none. */
export function parseExpression(source: string): Expression {
  const reader = new Reader(tokenise(source))
  const expression = reader.expression()
  reader.end()
  return expression
}

class Reader {
  private position = 0
  private readonly tokens: readonly Token[]
  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  expression(): Expression {
    let left = this.conjunction()
    while (this.takeWord('or')) left = { kind: 'or', left, right: this.conjunction() }
    return left
  }

  end(): void {
    if (this.position < this.tokens.length) throw new FilterSyntax(`Syntax error at position ${this.position}.`)
  }

  private conjunction(): Expression {
    let left = this.unary()
    while (this.takeWord('and')) left = { kind: 'and', left, right: this.unary() }
    return left
  }

  private unary(): Expression {
    if (this.takeWord('not')) return { kind: 'not', inner: this.unary() }
    if (this.takeMark('(')) return this.closing(this.expression())
    return this.term()
  }

  private term(): Expression {
    const word = this.word()
    if (FUNCTIONS.has(word.toLowerCase())) return this.functionCall(word.toLowerCase())
    if (/\/any$/i.test(word) && this.takeMark('(')) {
      const variable = this.word()
      this.mark(':')
      return { kind: 'any', path: word.replace(/\/any$/i, ''), variable, inner: this.closing(this.expression()) }
    }
    const operator = this.word().toLowerCase()
    if (operator === 'in') return { kind: 'in', path: word, values: this.list() }
    if (!COMPARISONS.has(operator)) throw new FilterSyntax(`Unknown operator '${operator}'.`)
    return { kind: 'compare', operator, path: word, value: this.literal() }
  }

  private functionCall(name: string): Expression {
    this.mark('(')
    const path = this.word()
    this.mark(',')
    const value = this.literal()
    return this.closing({ kind: 'function', name, path, value })
  }

  private list(): Literal[] {
    this.mark('(')
    const values = [this.literal()]
    while (this.takeMark(',')) values.push(this.literal())
    this.mark(')')
    return values
  }

  private closing(inner: Expression): Expression {
    this.mark(')')
    return inner
  }

  private literal(): Literal {
    const token = this.next()
    if (token.kind === 'string') return token.text
    if (token.kind === 'literal') return /^-?\d+(\.\d+)?$/.test(token.text) ? Number(token.text) : token.text
    if (token.text === 'true' || token.text === 'false') return token.text === 'true'
    if (token.text === 'null') return null
    throw new FilterSyntax(`A literal was expected instead of '${token.text}'.`)
  }

  private word(): string {
    const token = this.next()
    if (token.kind !== 'word') throw new FilterSyntax(`A name was expected instead of '${token.text}'.`)
    return token.text
  }

  private mark(text: string): void {
    if (!this.takeMark(text)) throw new FilterSyntax(`'${text}' was expected.`)
  }

  private next(): Token {
    const token = this.tokens[this.position]
    if (!token) throw new FilterSyntax('The expression ends too early.')
    this.position += 1
    return token
  }

  private takeWord(text: string): boolean {
    const token = this.tokens[this.position]
    if (token?.kind !== 'word' || token.text.toLowerCase() !== text) return false
    this.position += 1
    return true
  }

  private takeMark(text: string): boolean {
    const token = this.tokens[this.position]
    if (token?.kind !== 'mark' || token.text !== text) return false
    this.position += 1
    return true
  }
}
