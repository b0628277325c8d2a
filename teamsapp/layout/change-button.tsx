import * as React from 'react'
import { Button, type ButtonProps } from '@fluentui/react-components'
import { useShut } from '../client/client.tsx'

/** A button that asks something of the service: while that cannot be reached it is shut and says so. */
export function ChangeButton(props: ButtonProps): React.ReactElement {
  const shut = useShut()
  return <Button {...props} {...(shut === undefined ? {} : { disabledFocusable: true, title: shut })} />
}
