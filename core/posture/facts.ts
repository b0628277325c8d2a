// The list of facts; entries arrive with the posture room.
export const facts = [] as const
export type FactId = string
export type FactRow<Id extends FactId> = Id extends string ? unknown : never
