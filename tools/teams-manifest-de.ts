import { teamsCommands, usageOf } from '../bot/src/assistant/commands.ts'

/** What a command does, by its id. Commands themselves are written in English everywhere. */
const commands: Readonly<Record<string, string>> = {
  help: 'Was ich kann.',
  posture: 'Der Stand der letzten Prüfung, und wo Punkte verloren gehen.',
  findings: 'Die schwersten offenen Befunde.',
  actions: 'Jede Aktion, welche eingeschaltet sind und was man für jede schreibt.',
  show: 'Was auf Sie wartet, als Fragende oder als zweite Person, mit je einer neuen Karte.',
  undo: 'Schlägt vor, zurückzunehmen, was ein Beleg geändert hat.',
  receipts: 'Die letzten Änderungen, mit dem, was das Protokoll des Mandanten dazu sagt.',
  'disable-user': 'Schlägt vor, einer Person die Anmeldung zu sperren.',
  'revoke-sessions': 'Schlägt vor, alle Sitzungen einer Person zu beenden.',
  'disable-stale-guests': 'Nennt die Gäste, die am längsten fort sind, und schlägt vor, sie zu sperren.',
  'remove-secret': 'Nennt die abgelaufenen Geheimnisse einer Anwendung; Sie wählen, welches entfernt wird.',
  'block-service-principal': 'Schlägt vor, einer Anwendung die Anmeldung zu sperren.',
}

const texts: Readonly<Record<string, string>> = {
  'name.short': 'Countersign',
  'name.full': 'Countersign: Identitäten schützen, mit zweiter Unterschrift',
  'description.short': 'Sehen, was im Entra-Mandanten nicht stimmt, und die Abhilfe gegenzeichnen.',
  'description.full':
    'Countersign liest die Einstellungen Ihres Entra-Mandanten in Ihrem Namen, erklärt seine Befunde und schlägt im persönlichen Chat Abhilfe vor. Nichts ändert sich, bevor eine namentlich bekannte Person die Karte gegenzeichnet. Jede Änderung wird zurückgelesen, im Überwachungsprotokoll des Mandanten gesucht und als Beleg aufbewahrt.',
  'staticTabs[0].name': 'Countersign',
  'staticTabs[1].name': 'Befunde',
  'staticTabs[2].name': 'Trust Center',
  'composeExtensions[0].commands[0].title': 'Finden',
  'composeExtensions[0].commands[0].description': 'Einen offenen Befund oder einen Beleg finden und in die Unterhaltung setzen.',
  'composeExtensions[0].commands[0].parameters[0].title': 'Wörter',
  'composeExtensions[0].commands[0].parameters[0].description': 'Ein Kürzel, die Nummer eines Belegs oder Wörter',
}

/** The German text for a place in the Teams manifest; undefined where there is none. */
export function german(place: string): string | undefined {
  const index = /^bots\[0\]\.commandLists\[0\]\.commands\[(\d+)\]\.description$/.exec(place)?.[1]
  if (index === undefined) return texts[place]
  const command = teamsCommands[Number(index)]
  const text = command && commands[command.id]
  return command && text !== undefined ? (command.slots.length === 0 ? text : `${usageOf(command)}: ${text}`) : undefined
}
