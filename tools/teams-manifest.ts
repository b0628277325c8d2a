import { teamsCommands, usageOf } from '../bot/src/assistant/commands.ts'
import { german } from './teams-manifest-de.ts'

/** Keys of the Teams app's settings file that the service does not read: what they are for, with an example. */
export const manifestKeys = {
  COUNTERSIGN_HOST: ['the host of COUNTERSIGN_ORIGIN', 'countersign.contoso.com'],
  TEAMS_APP_ID: ['the id of the Teams app, any new GUID', '55555555-5555-4555-8555-555555555555'],
  OWNER_NAME: ['who runs this deployment, shown in Teams, at most 32 characters', 'Contoso IT'],
  OWNER_WEBSITE_URL: ['a page about this deployment or its owner', 'https://contoso.com'],
  OWNER_PRIVACY_URL: ["the owner's privacy statement", 'https://contoso.com/privacy'],
  OWNER_TERMS_URL: ["the owner's terms of use", 'https://contoso.com/terms'],
} as const satisfies Record<string, readonly [purpose: string, example: string]>

/** The keys that the Teams manifest names: its own and those that it shares with the service. */
export type TeamsKey = keyof typeof manifestKeys | 'COUNTERSIGN_ORIGIN' | 'CHAT_APP_ID' | 'READ_APP_ID' | 'READ_API_RESOURCE'

/** The Microsoft 365 Agents Toolkit's way to write a value of env/.env.<name>. */
export function placeholder(key: string): string {
  return `\${{${key}}}`
}

const schema = 'https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams'

/** Pages that have a place of their own in the personal app; the others are a click away. `conversations` and `about` are Teams' own. */
const personalTabs = [
  { entityId: 'countersign', name: 'Countersign', path: '/' },
  { entityId: 'findings', name: 'Findings', path: '/findings' },
  { entityId: 'trust', name: 'Trust Center', path: '/trust' },
] as const

/** Texts of the app in its own language, by their place in the manifest: what a translation has to hold, and no more. */
export function translatableTexts(): Readonly<Record<string, string>> {
  return {
    'name.short': 'Countersign',
    'name.full': 'Countersign: identity security with a second signature',
    'description.short': 'See what is wrong in your Entra tenant, and countersign the fix.',
    'description.full':
      'Countersign reads the identity settings of your Entra tenant as you, explains what it finds, and proposes fixes in a 1:1 chat. Nothing changes until a named person countersigns the card. Each change is read back, looked up in the tenant’s own audit log and kept as a receipt.',
    ...Object.fromEntries(personalTabs.map(({ name }, index) => [`staticTabs[${index}].name`, name])),
    ...Object.fromEntries(
      teamsCommands.map((command, index) => [
        `bots[0].commandLists[0].commands[${index}].description`,
        command.slots.length === 0 ? command.help : `${usageOf(command)}: ${command.help}`,
      ]),
    ),
    'composeExtensions[0].commands[0].title': 'Find',
    'composeExtensions[0].commands[0].description': 'Find an open finding or a receipt and put it into the conversation.',
    'composeExtensions[0].commands[0].parameters[0].title': 'Words',
    'composeExtensions[0].commands[0].parameters[0].description': 'A code, a number of a receipt, or words',
  }
}

/**
 * The Teams app: personal tabs, a tab for channels and group chats, a bot for 1:1 chats, and a message extension that finds findings and
 * receipts. Texts that name an owner are the owner's.
 */
export function teamsManifest(version: string): object {
  const texts = translatableTexts()
  const text = (place: string): string => {
    const found = texts[place]
    if (found === undefined) throw new Error(`The Teams manifest has no text for ${place}.`)
    return found
  }
  const origin = placeholder('COUNTERSIGN_ORIGIN')
  return {
    $schema: `${schema}.schema.json`,
    manifestVersion: '1.30',
    version,
    id: placeholder('TEAMS_APP_ID'),
    localizationInfo: { defaultLanguageTag: 'en', additionalLanguages: [{ languageTag: 'de', file: 'de.json' }] },
    developer: {
      name: placeholder('OWNER_NAME'),
      websiteUrl: placeholder('OWNER_WEBSITE_URL'),
      privacyUrl: placeholder('OWNER_PRIVACY_URL'),
      termsOfUseUrl: placeholder('OWNER_TERMS_URL'),
    },
    name: { short: text('name.short'), full: text('name.full') },
    description: { short: text('description.short'), full: text('description.full') },
    icons: { color: 'icons/color.png', outline: 'icons/outline.png' },
    accentColor: '#4F52B2',
    staticTabs: [
      ...personalTabs.map(({ entityId, path }, index) => ({
        entityId,
        name: text(`staticTabs[${index}].name`),
        contentUrl: `${origin}${path}`,
        websiteUrl: `${origin}${path}`,
        scopes: ['personal'],
      })),
      { entityId: 'conversations', scopes: ['personal'] },
      { entityId: 'about', scopes: ['personal'] },
    ],
    configurableTabs: [{ configurationUrl: `${origin}/configure`, canUpdateConfiguration: true, scopes: ['team', 'groupChat'] }],
    bots: [
      {
        botId: placeholder('CHAT_APP_ID'),
        scopes: ['personal'],
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: [
          {
            scopes: ['personal'],
            commands: teamsCommands.map((command, index) => ({
              title: command.words[0],
              description: text(`bots[0].commandLists[0].commands[${index}].description`),
            })),
          },
        ],
      },
    ],
    composeExtensions: [
      {
        botId: placeholder('CHAT_APP_ID'),
        commands: [
          {
            id: 'search',
            type: 'query',
            context: ['compose', 'commandBox'],
            initialRun: true,
            title: text('composeExtensions[0].commands[0].title'),
            description: text('composeExtensions[0].commands[0].description'),
            parameters: [
              {
                name: 'words',
                inputType: 'text',
                title: text('composeExtensions[0].commands[0].parameters[0].title'),
                description: text('composeExtensions[0].commands[0].parameters[0].description'),
              },
            ],
          },
        ],
      },
    ],
    defaultInstallScope: 'personal',
    defaultGroupCapability: { team: 'tab', groupchat: 'tab' },
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [placeholder('COUNTERSIGN_HOST')],
    webApplicationInfo: { id: placeholder('READ_APP_ID'), resource: placeholder('READ_API_RESOURCE') },
  }
}

/** The German texts of the same places; a place without one is named in an error. */
export function germanTexts(): object {
  const places = Object.keys(translatableTexts())
  const missing = places.filter((place) => german(place) === undefined)
  if (missing.length > 0) throw new Error(`tools/teams-manifest-de.ts has no German text for: ${missing.join(', ')}.`)
  return {
    $schema: `${schema}.Localization.schema.json`,
    ...Object.fromEntries(places.map((place) => [place, german(place)])),
  }
}
