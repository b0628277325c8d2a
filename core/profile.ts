import { z } from 'zod'

/** The choices of one deployment. Claims follow them; nothing here is a secret. */
export const profileSchema = z.object({
  act: z.enum(['off', 'on']),
  assistant: z.enum(['none', 'local', 'cloud']),
  isolation: z.enum(['dedicated', 'shared']),
  cloud: z.enum(['global']),
  /** Free text of the deployment's owner, for example "EU (Frankfurt)"; empty means not stated. */
  region: z.string().max(100),
  /** Whether this deployment talks to the local emulator or to a real tenant. */
  environment: z.enum(['emulator', 'tenant']),
  /** Days that snapshots, results, history and attributions stay, 0 to 30; the newest finished scan stays whatever its age. */
  retentionDays: z.number().int().min(0).max(30),
})
export type Profile = z.infer<typeof profileSchema>
