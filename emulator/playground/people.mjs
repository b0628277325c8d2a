import { createHash } from 'node:crypto'

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** How many people besides the current one the Playground's configuration must name: no more and no fewer. */
const OTHERS = 5

/** Reads `object id;user principal name;display name`. Throws a sentence that names the argument. */
export function readPerson(text, flag) {
  const [aadObjectId, userPrincipalName, name, ...rest] = text.split(';').map((part) => part.trim())
  if (!GUID.test(aadObjectId ?? '') || !/^\S+@\S+$/.test(userPrincipalName ?? '') || !name || rest.length > 0) {
    throw new Error(`${flag} must be "object id;user principal name;display name", not "${text}".`)
  }
  return person(aadObjectId.toLowerCase(), userPrincipalName, name)
}

export function readGuid(text, flag) {
  if (!GUID.test(text ?? '')) throw new Error(`${flag} must be a GUID such as 1b2c3d4e-…, not "${text ?? ''}".`)
  return text.toLowerCase()
}

function person(aadObjectId, userPrincipalName, name) {
  // Teams names a person 29:<opaque>; the object id keeps it readable in a test.
  return { id: `29:${aadObjectId}`, aadObjectId, userPrincipalName, name }
}

/** A person nobody uses, to reach the number that the Playground insists on. */
function bystander(number, tenantId) {
  const hex = digest(`bystander ${number} of ${tenantId}`)
  const guid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  return person(guid, `bystander${number}@example.invalid`, `Bystander ${number}`)
}

function digest(text) {
  return createHash('sha256').update(text).digest('hex')
}

/** The people and conversations of one chat client. Ids differ per current person, so that several clients can share a channel. */
export function describeChat({ tenantId, botAppId, botName, me, others }) {
  if (others.length > OTHERS) throw new Error(`The Playground takes at most ${OTHERS} other people (--person), not ${others.length}.`)
  const ids = [me, ...others].map((one) => one.aadObjectId)
  if (new Set(ids).size !== ids.length) throw new Error('Each person (--me and every --person) needs a different object id.')
  const bystanders = Array.from({ length: OTHERS - others.length }, (_, index) => bystander(index + 1, tenantId))
  const seed = digest(`${tenantId} ${botAppId} ${me.aadObjectId}`)
  return {
    tenantId,
    bot: { id: `28:${botAppId}`, name: botName },
    me,
    people: [...others, ...bystanders],
    personalChat: `a:${seed.slice(0, 48)}`,
    groupChat: `19:${digest(`group ${seed}`).slice(0, 32)}@thread.v2`,
    team: `19:${digest(`team ${seed}`).slice(0, 32)}@thread.tacv2`,
  }
}

/** The Playground's configuration file. JSON is YAML, so no name can break out of its quotes. */
export function playgroundConfiguration(chat) {
  const user = ({ id, aadObjectId, userPrincipalName, name }) => {
    const [givenName, ...surname] = name.split(' ')
    // The misspelt key is the Playground's own.
    return { id, name, userPrincipleName: userPrincipalName, aadObjectId, givenName, surname: surname.join(' '), email: userPrincipalName }
  }
  return JSON.stringify(
    {
      version: '0.1.1',
      tenantId: chat.tenantId,
      bot: chat.bot,
      currentUser: user(chat.me),
      users: chat.people.map(user),
      personalChat: { id: chat.personalChat },
      groupChat: { id: chat.groupChat, name: 'Group chat' },
      team: { id: chat.team, name: 'A team', aadGroupId: chat.tenantId, channels: [] },
    },
    null,
    2,
  )
}
