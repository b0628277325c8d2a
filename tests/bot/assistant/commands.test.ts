import { describe, expect, it } from '@jest/globals'
import { actions } from '../../../core/actions/catalogue.ts'
import { commands, isTalk, teamsCommands, usageOf } from '../../../bot/src/assistant/commands.ts'
import type { Command } from '../../../bot/src/assistant/commands/command.ts'
import { parse } from '../../../bot/src/assistant/grammar/parse.ts'
import { helpCard } from '../../../bot/src/chat/cards/welcome.ts'

const writing = commands.filter(({ actions: proposed }) => proposed.length > 0)

/** A line that says all of a command, with its parts. */
function whole(command: Command, words: string): { readonly line: string; readonly parts: readonly string[] } {
  const parts = command.slots.map(({ is }, index) =>
    is === 'text' ? 'R-0001' : is === 'users' ? 'ada@contoso.example, "Bo, the second"' : (['Erik Holm', 'Payroll app'][index] ?? ''),
  )
  const [first, second] = parts
  const said = [words, first, first === undefined ? undefined : command.joint[0], second].filter((part) => part !== undefined)
  return { line: said.join(' '), parts }
}
const every = commands.flatMap((command) => command.words.map((words) => [words, command] as const))
const everyWriting = writing.flatMap((command) => [...command.words, ...command.wide].map((words) => [words, command] as const))

describe('the table of commands', () => {
  it.each(actions.map(({ id }) => id))('%s can be proposed from chat: all of its input is written or picked', (id) => {
    const own = commands.filter((command) => command.actions.includes(id))
    expect(own).toHaveLength(1)
    const [command] = own
    const inputs = actions.find((action) => action.id === id)?.inputs.map(({ name }) => name) ?? []
    // Of a command without a list, the slots are the input; a list's rows are tried in pick-lists.test.ts.
    if (command?.picks === null) expect(command.slots.map(({ input }) => input).toSorted()).toEqual(inputs.toSorted())
    else expect(command?.slots.length).toBeLessThanOrEqual(1)
  })

  it('no command has two meanings, and each is in the help', () => {
    const phrases = commands.flatMap(({ words, wide }) => [...words, ...wide])
    expect(new Set(phrases).size).toBe(phrases.length)
    expect(phrases.filter((phrase) => phrase !== phrase.toLowerCase().trim())).toEqual([])
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length)
    const shown = JSON.stringify(helpCard('http://tab'))
    for (const command of commands) {
      expect(shown).toContain(usageOf(command))
      expect(shown).toContain(command.help)
    }
    expect(Buffer.byteLength(shown)).toBeLessThan(28 * 1024)
  })

  it('no word of a command begins a word of another that takes something after it', () => {
    const traps = every.flatMap(([words, command]) =>
      command.slots.length === 0
        ? []
        : every.filter(([other, owner]) => owner !== command && other.startsWith(`${words} `)).map(([other]) => `${words} / ${other}`),
    )
    expect(traps).toEqual([])
  })

  it('a wide word leaves every line to the command whose own words begin it', () => {
    const wide = writing.flatMap((command) => command.wide.map((words) => [words, command] as const))
    expect(wide.length).toBeGreaterThan(0)
    let tried = 0
    for (const [words, command] of wide)
      for (const [phrase, owner] of every) {
        if (owner === command || !phrase.startsWith(`${words} `)) continue
        tried += 1
        for (const joint of command.joint) {
          const parsed = parse(`${phrase} Erik ${joint} Finance`)
          expect([phrase, 'command' in parsed ? parsed.command.id : parsed.kind]).toEqual([phrase, owner.id])
          // The beginning of those words alone is not enough either.
          const begun = parse(`${phrase.split(' ').slice(0, 2).join(' ')} ${joint} Finance`)
          if ('command' in begun) expect(begun.command.id).not.toBe(command.id)
        }
      }
    expect(tried).toBeGreaterThan(10)
  })

  it('whatever shows or proposes names the capability that it needs', () => {
    expect(commands.filter(({ does, needs }) => (does === 'talk') !== (needs === null))).toEqual([])
    expect(commands.filter(({ does, needs }) => does === 'propose' && needs !== 'propose')).toEqual([])
    expect(commands.filter((command) => isTalk(command) !== (command.actions.length === 0))).toEqual([])
  })

  it('Teams shows at most twelve, each short enough for its list', () => {
    expect(teamsCommands.length).toBeLessThanOrEqual(12)
    expect(teamsCommands.map(({ id }) => id)).toEqual(expect.arrayContaining(['help', 'findings', 'show', 'actions', 'disable-user']))
    for (const { words } of teamsCommands) expect(words[0].length).toBeLessThanOrEqual(32)
  })
})

describe('each command', () => {
  it.each(every)('“%s” is understood, in any case and spacing; what is missing is asked for', (words, command) => {
    for (const written of [words, words.toUpperCase(), `  ${words.replaceAll(' ', ' \u00A0 ')} `]) {
      const { line, parts } = whole(command, written)
      expect(parse(line)).toMatchObject({ kind: 'command', command: { id: command.id }, parts })
    }
    const [slot, second] = command.slots
    if (slot) expect(parse(words)).toMatchObject({ kind: 'missing', command: { id: command.id }, slot, parts: [] })
    if (second) {
      expect(parse(`${words} Erik`)).toMatchObject({ kind: 'missing', slot: second, parts: ['Erik'] })
      expect(parse(`${words} Erik ${command.joint[0] ?? ''}`)).toMatchObject({ kind: 'missing', slot: second, parts: ['Erik'] })
    }
  })

  it.each(everyWriting)('“%s” within a negation, a question or a condition proposes nothing', (words, command) => {
    const { line } = whole(command, words)
    const doubtful = [
      `don’t ${line}`,
      `do not ${line}`,
      `never ${line}`,
      `please ${line}`,
      `${line}?`,
      `should we ${line}`,
      `can you ${line}`,
      `if he leaves, ${line}`,
      `yes ${line}`,
      `"${line}"`,
      ...(command.slots.length > 0 ? [`${line} if he leaves`, `${line} unless he answers`, `${line} but not now`, `${line} tomorrow`] : []),
      ...(command.slots.length === 0 ? [`${line} if you can`, `${line} later`] : []),
    ]
    expect(parse(line)).toMatchObject({ kind: 'command', command: { id: command.id } })
    for (const text of [...doubtful, ...doubtful.map((one) => one.toUpperCase())])
      expect([text, parse(text).kind]).not.toEqual([text, 'command'])
  })

  it.each(everyWriting.filter(([, { slots }]) => slots.length > 0))(
    '“%s” takes names in quotation marks as they are, and refuses mixed alphabets',
    (words, command) => {
      const [first, second] = command.slots
      if (!first || first.is === 'users') return expect(parse(`${words} "No, Will", bo@contoso.example`)).toMatchObject({ kind: 'command' })
      const joint = command.joint[0] ?? ''
      const line = [words, '"No from to naming Will?"', joint, second?.is === 'users' ? 'ada@contoso.example' : second && '“If only”']
      const parsed = parse(line.filter((part) => part !== undefined && part !== '').join(' '))
      expect(parsed).toMatchObject({ kind: 'command', command: { id: command.id } })
      if (parsed.kind === 'command') expect(parsed.parts[0]).toBe('No from to naming Will?')
      const mixed = [words, 'P\u0430yroll', joint, second && 'ada@contoso.example']
        .filter((part) => part !== undefined && part !== '')
        .join(' ')
      expect(parse(mixed)).toMatchObject({ kind: 'badTarget', because: 'mixedScripts' })
      const unclear = [words, '"Erik" Holm', joint, second && 'ada@contoso.example']
        .filter((part) => part !== undefined && part !== '')
        .join(' ')
      expect(parse(unclear)).toMatchObject({ kind: 'badTarget', because: 'unclear' })
    },
  )

  it.each(everyWriting)('“%s” takes one clause of names to be locked out, at the end', (words, command) => {
    const { line, parts } = whole(command, words)
    expect(parse(`${line} naming ada@contoso.example`)).toMatchObject({ kind: 'command', parts, naming: ['ada@contoso.example'] })
    expect(parse(`${line} naming ada@contoso.example, "Bo, the second"`)).toMatchObject({
      naming: ['ada@contoso.example', 'Bo, the second'],
    })
    for (const wrong of ['naming', 'naming ada, ', 'naming ada naming bo', 'naming "ada'])
      expect([wrong, parse(`${line} ${wrong}`).kind]).not.toEqual([wrong, 'command'])
    expect(parse(line)).toMatchObject({ naming: [] })
  })

  it('two parts are told apart by exactly one word between them', () => {
    expect(parse('remove Anna from Sales from Finance')).toMatchObject({ kind: 'badTarget', because: 'unclear' })
    expect(parse('remove "Anna from Sales" from Finance')).toMatchObject({ parts: ['Anna from Sales', 'Finance'] })
    expect(parse('add owner ada@contoso.example to Payroll')).toMatchObject({ parts: ['ada@contoso.example', 'Payroll'] })
    expect(parse('policy Block legacy sign-in to report-only')).toMatchObject({
      command: { id: 'policy-to-report-only' },
      parts: ['Block legacy sign-in'],
    })
    expect(parse('set policy Block legacy sign-in')).toMatchObject({ kind: 'badTarget' })
  })
})
