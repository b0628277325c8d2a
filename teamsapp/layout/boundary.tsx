import * as React from 'react'
import { Button } from '@fluentui/react-components'
import { Card } from '@countersign/ui/card.tsx'
import { useText } from '@countersign/ui/text.ts'
import { Page } from './page.tsx'

interface BoundaryProps {
  /** A new place is a new chance: what failed on one page does not stand in the way of the next. */
  readonly place: string
  /** Shown instead of what failed. */
  readonly instead?: React.ReactNode
  readonly children: React.ReactNode
}

/** Catches what a page throws while it is drawn, for example a part that could not be loaded. React offers this to classes alone. */
export class Boundary extends React.Component<BoundaryProps, { readonly failedAt: string | undefined }> {
  override state = { failedAt: undefined }

  static getDerivedStateFromError(): { readonly failedAt: string } {
    return { failedAt: '' }
  }

  override componentDidCatch(): void {
    this.setState({ failedAt: this.props.place })
  }

  override componentDidUpdate(before: BoundaryProps): void {
    if (this.state.failedAt !== undefined && before.place !== this.props.place) this.setState({ failedAt: undefined })
  }

  override render(): React.ReactNode {
    if (this.state.failedAt === undefined) return this.props.children
    return this.props.instead === undefined ? <BrokenPage /> : this.props.instead
  }
}

function BrokenPage(): React.ReactElement {
  const text = useText()
  return (
    <Page title="This page could not be shown">
      <Card title="A part of it did not arrive or broke">
        <p className={text.body}>
          Nothing was changed by this. Countersign may have been updated since the page was opened: reload it. The other pages work on.
        </p>
        <p style={{ marginTop: '12px' }}>
          <Button appearance="primary" onClick={() => window.location.reload()}>
            Reload the page
          </Button>
        </p>
      </Card>
    </Page>
  )
}
