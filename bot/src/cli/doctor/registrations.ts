import type { Config, Registration } from '../../config.ts'
import { tryCredentials, type CredentialAnswer } from '../../identity/registration-check.ts'
import { ok, problem, unknown, type DoctorLine } from './line.ts'

const graphScope = 'https://graph.microsoft.com/.default'

interface Asked {
  readonly name: string
  readonly key: 'READ' | 'ACT' | 'CHAT'
  readonly registration: Registration | null
  readonly loginUrl: string
  readonly scope: string
}

/** Whether the sign-in service accepts id and secret of each registration, and that none of them can do anything without a person. */
export async function lookAtRegistrations(config: Config, canSignIn: boolean): Promise<readonly DoctorLine[]> {
  const [tenant = ''] = config.tenants
  const loginUrl = `${config.authority}/${tenant}`
  const asked: readonly Asked[] = [
    { name: 'Countersign Read', key: 'READ', registration: config.read, loginUrl, scope: graphScope },
    { name: 'Countersign Act', key: 'ACT', registration: config.act, loginUrl, scope: graphScope },
    {
      name: 'Countersign Chat',
      key: 'CHAT',
      registration: config.chat,
      loginUrl: config.bot.loginUrl,
      scope: `${config.bot.oauthScope}/.default`,
    },
  ]
  return Promise.all(asked.map((entry) => lookAt(entry, canSignIn)))
}

async function lookAt({ name, key, registration, loginUrl, scope }: Asked, canSignIn: boolean): Promise<DoctorLine> {
  const subject = { id: `registration-${key.toLowerCase()}`, title: name }
  if (!registration) return ok(subject, 'Not set up, and not needed while the act plane is off.')
  if (!canSignIn) return unknown(subject, 'Its secret could not be tried, because the sign-in service does not answer as it should.')
  return credentialLine({ ...subject, key }, await tryCredentials({ loginUrl, registration, scope }))
}

/** What an answer of the sign-in service says about a registration. Pure. */
export function credentialLine(
  { key, ...subject }: { readonly id: string; readonly title: string; readonly key: Asked['key'] },
  answer: CredentialAnswer,
): DoctorLine {
  switch (answer.kind) {
    case 'notAsked':
      return unknown(subject, answer.because)
    case 'refused':
      return problem(
        subject,
        answer.reason,
        `Correct ${key}_APP_ID and ${key}_APP_SECRET, or make a new secret for the registration in Entra.`,
      )
    case 'accepted':
      if (answer.applicationPermissions.length > 0)
        return problem(
          subject,
          `It holds permissions that work without a signed-in person: ${answer.applicationPermissions.join(', ')}.`,
          'Remove all application permissions of this registration in Entra; it needs none.',
        )
      return ok(subject, 'Its id and secret are accepted.')
  }
}
