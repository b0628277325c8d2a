import * as React from 'react'
import { useText } from '@countersign/ui/text.ts'
import { useMe } from '../client/client.tsx'

/** Whom to ask for a role: owners by name where some are known, and where in Entra roles are given. */
export function WhoGivesRoles(): React.ReactElement {
  const text = useText()
  const owners = useMe().data?.owners ?? []
  return (
    <p className={text.body}>
      {owners.length > 0 &&
        `Ask ${new Intl.ListFormat('en', { type: 'disjunction' }).format(owners)}, who ${owners.length === 1 ? 'is an owner' : 'are owners'} here. `}
      Roles are assigned in the Entra admin centre, under the enterprise application Countersign Read, Users and groups.
    </p>
  )
}
