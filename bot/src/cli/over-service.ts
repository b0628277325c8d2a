import type { Command } from 'commander'
import type { TimeOptions } from './time.ts'

export const defaultService = 'http://localhost:3978'

/** What every command takes that asks the running service. */
export interface Given {
  readonly service: string
  readonly tokenFile?: string
  readonly ca?: string
  readonly json?: boolean
}

/** A command that asks the running service as the signed-in person. */
export function overService(program: Command, name: string, description: string, printsJson = true): Command {
  const command = program
    .command(name)
    .description(description)
    .option('--service <url>', 'address of the service', defaultService)
    .option('--token-file <file>', 'file with a bearer token, instead of signing in')
    .option('--ca <file>', 'PEM file of an additional certificate authority')
  return printsJson ? command.option('--json', 'print one JSON document') : command
}

/** The options as the commands' own code takes them. */
export function asked({ service, tokenFile, ca, json = false }: Given): TimeOptions {
  return { service, tokenFile, ca, json }
}
