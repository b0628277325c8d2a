/** @jest-environment jsdom */
import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { FluentProvider, webLightTheme } from '@fluentui/react-components'
import { cleanup, render, screen, within, fireEvent, act } from '@testing-library/react'
import * as React from 'react'
import { PostureSummary, type PostureState } from '../../ui/posture-summary.tsx'
import { clean, firstRun, view } from '../teamsapp/sample-posture.ts'

beforeAll(() => {
  // jsdom measures nothing.
  globalThis.ResizeObserver = class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  }
})
afterEach(cleanup)

function show(state: PostureState, more: { showAreas?: boolean; showRisks?: boolean; onRetry?: () => void } = {}): void {
  render(
    <FluentProvider theme={webLightTheme}>
      <PostureSummary state={state} title="Identity posture" scheme="light" locale="en-GB" {...more} />
    </FluentProvider>,
  )
}

describe('PostureSummary', () => {
  test('shows score, areas lowest first, risks, and counts the unread checks aloud', () => {
    show({ kind: 'ready', view })
    expect(screen.getAllByText('72').length).toBeGreaterThan(0)
    expect(screen.getByText('6 checks could not be read.')).toBeTruthy()
    const areas = screen.getByRole('region', { name: 'Areas' })
    const names = within(areas)
      .getAllByRole('rowheader')
      .map((cell) => cell.textContent ?? '')
    expect(names[0]).toContain('Applications')
    expect(names.at(-1)).toContain('Authentication')
    expect(within(screen.getByRole('region', { name: 'Top risks' })).getAllByRole('listitem')).toHaveLength(5)
  })

  test('every bar says its figures, and the table twin has the same', () => {
    show({ kind: 'ready', view })
    expect(
      screen.getAllByRole('img', { name: 'Applications, checks: Critical 2, High 5, Medium 9, Low 4, Pass 28, Not read 2' }).length,
    ).toBeGreaterThan(0)
    fireEvent.click(screen.getByRole('button', { name: 'Show areas as table' }))
    const row = within(screen.getByRole('region', { name: 'Areas as table' })).getByRole('row', { name: /^Applications/ })
    expect(
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent),
    ).toEqual(['2', '5', '9', '4', '28', '2', '20', '58', '−3'])
  })

  test('areas and risks can be left out', () => {
    show({ kind: 'ready', view }, { showAreas: false, showRisks: false })
    expect(screen.queryByRole('region', { name: 'Areas' })).toBeNull()
    expect(screen.queryByRole('region', { name: 'Top risks' })).toBeNull()
  })

  test('before the first scan there are no figures, and none is made up', () => {
    show({ kind: 'ready', view: { ...firstRun, scannedAt: null } })
    expect(screen.getByText('No scan yet')).toBeTruthy()
    expect(screen.queryByText('of 100')).toBeNull()
  })

  test('nothing open says how many checks were read', () => {
    show({ kind: 'ready', view: { ...clean, scannedAt: '2026-11-22T05:12:00.000Z' } })
    expect(screen.getByText('Nothing is open. 218 checks were read.')).toBeTruthy()
  })

  test('an error keeps the older figures with their time, names the request and offers a retry', () => {
    const onRetry = jest.fn()
    show(
      {
        kind: 'error',
        title: 'Countersign cannot be reached.',
        detail: 'Nothing was changed.',
        requestId: 'req-1',
        kept: { view, readAt: '2026-11-22T08:00:00.000Z' },
      },
      { onRetry },
    )
    expect(screen.getByText(/Request ID req-1/)).toBeTruthy()
    expect(screen.getAllByText('72').length).toBeGreaterThan(0)
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(onRetry).toHaveBeenCalledTimes(1)
  })

  test('without permission there are no figures', () => {
    show({ kind: 'noPermission', title: 'You may not see this.', detail: 'Posture.View must be approved.' })
    expect(screen.getByText(/Posture.View must be approved/)).toBeTruthy()
    expect(screen.queryByText('of 100')).toBeNull()
  })

  test('loading is silent for 300 ms', () => {
    jest.useFakeTimers()
    show({ kind: 'loading' })
    expect(screen.queryByRole('status')).toBeNull()
    act(() => void jest.advanceTimersByTime(301))
    expect(screen.getByRole('status', { name: 'Reading the posture' })).toBeTruthy()
    jest.useRealTimers()
  })
})
