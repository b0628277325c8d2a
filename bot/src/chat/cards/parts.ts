import type { Json } from '@countersign/core/digest.ts'

/** Pieces of Adaptive Cards 1.5. Colours are the host's own names, so that every theme shows them, and never say anything that the text does not. */
export type Part = { readonly [key: string]: Json }

export function card(fallbackText: string, body: readonly Part[], actions: readonly Part[] = []): Part {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText,
    body,
    ...(actions.length > 0 ? { actions } : {}),
  }
}

export function heading(text: string): Part {
  return { type: 'TextBlock', text, size: 'Large', weight: 'Bolder', wrap: true, style: 'heading' }
}

export function text(content: string): Part {
  return { type: 'TextBlock', text: content, wrap: true }
}

export function small(content: string): Part {
  return { type: 'TextBlock', text: content, wrap: true, isSubtle: true, size: 'Small' }
}

export function status(content: string, color: 'Good' | 'Attention' | 'Warning' | 'Accent' | 'Default'): Part {
  return { type: 'TextBlock', text: content, wrap: true, weight: 'Bolder', color }
}

export function facts(rows: readonly { readonly title: string; readonly value: string }[]): Part {
  return { type: 'FactSet', facts: rows.map(({ title, value }) => ({ title, value })) }
}

/** A row with a bold first line and what is said of it. */
export function row(title: string, lines: readonly string[]): Part {
  return {
    type: 'Container',
    separator: true,
    items: [
      { type: 'TextBlock', text: title, weight: 'Bolder', wrap: true },
      ...lines.filter((line) => line !== '').map((line) => ({ type: 'TextBlock', text: line, wrap: true, spacing: 'None' })),
    ],
  }
}

/** A button that comes back as an invoke, or as a message from clients that know no Action.Execute. */
export function button(title: string, verb: string, data: Readonly<Record<string, string>>): Part {
  return { type: 'Action.Execute', title, verb, data, fallback: { type: 'Action.Submit', title, data: { ...data, verb } } }
}

/** Buttons in the body of a card. */
export function buttons(actions: readonly Part[]): Part {
  return { type: 'ActionSet', actions: [...actions] }
}

export function link(title: string, url: string): Part {
  return { type: 'Action.OpenUrl', title, url }
}
