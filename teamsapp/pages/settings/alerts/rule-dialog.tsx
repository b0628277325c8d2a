import * as React from 'react'
import { Field, Input, Select } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { AlertRuleView } from '@countersign/core/api/alerts.ts'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../../../client/client.tsx'
import { useDraft } from '../../../client/draft.ts'
import { Ask } from '../../../layout/ask.tsx'
import { TroubleBar } from '../../../layout/states.tsx'

type Parameter = AlertRuleView['parameters'][number]
const severities = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low' } as const

interface RuleDraft {
  readonly isOn: boolean
  readonly severity: AlertRuleView['severity']
  readonly values: Readonly<Record<string, string>>
}

/** On or off, how urgent, and within which limits. */
export function RuleDialog({ rule, onClose }: { readonly rule: AlertRuleView; readonly onClose: () => void }): React.ReactElement {
  const text = useText()
  const { service } = useClient()
  const queries = useQueryClient()
  const draft = useDraft<RuleDraft>(`alert rule ${rule.id}`, {
    isOn: rule.isOn,
    severity: rule.severity,
    values: Object.fromEntries(rule.parameters.map(({ name, value }) => [name, String(value)])),
  })
  const { isOn, severity, values } = draft.value
  const close = (): void => {
    draft.clear()
    onClose()
  }
  const isFit = rule.parameters.every((parameter) => problemWith(parameter, values[parameter.name] ?? '') === undefined)
  const save = useMutation({
    mutationFn: () =>
      service.call('PUT /api/alerts/rules/:ruleId', {
        params: { ruleId: rule.id },
        body: {
          isOn,
          severity,
          parameters: Object.fromEntries(
            rule.parameters.map(({ name, kind }) => [name, kind === 'number' ? Number(values[name]) : (values[name] ?? '')]),
          ),
        },
      }),
    onSuccess: () => {
      void queries.invalidateQueries(['alerts'])
      void queries.invalidateQueries(['myAlerts'])
      close()
    },
  })
  return (
    <Ask
      title={`Change “${rule.title}”`}
      confirm="Save the rule"
      mayConfirm={isFit}
      isBusy={save.isLoading}
      onConfirm={() => save.mutate()}
      onClose={close}
    >
      {save.error != null && <TroubleBar error={save.error} />}
      <p className={text.body}>{rule.meaning}</p>
      <Field label="In this tenant">
        <Select value={isOn ? 'on' : 'off'} onChange={(_, { value }) => draft.set({ ...draft.value, isOn: value === 'on' })}>
          <option value="on">On</option>
          <option value="off">Off</option>
        </Select>
      </Field>
      <Field label="How urgent">
        <Select value={severity} onChange={(_, { value }) => draft.set({ ...draft.value, severity: isSeverity(value) ? value : severity })}>
          {Object.entries(severities).map(([id, title]) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
      </Field>
      {rule.parameters.map((parameter) => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          value={values[parameter.name] ?? ''}
          onChange={(value) => draft.set({ ...draft.value, values: { ...values, [parameter.name]: value } })}
        />
      ))}
    </Ask>
  )
}

function ParameterField({
  parameter,
  value,
  onChange,
}: {
  readonly parameter: Parameter
  readonly value: string
  readonly onChange: (value: string) => void
}): React.ReactElement {
  const problem = problemWith(parameter, value)
  if (parameter.kind === 'choice')
    return (
      <Field label={parameter.title}>
        <Select value={value} onChange={(_, { value: chosen }) => onChange(chosen)}>
          {parameter.choices.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
      </Field>
    )
  return (
    <Field
      label={`${parameter.title} (${parameter.unit ?? ''}, ${parameter.least} to ${parameter.most})`}
      {...(problem === undefined ? {} : { validationState: 'error' as const, validationMessage: problem })}
    >
      <Input type="number" value={value} onChange={(_, { value: typed }) => onChange(typed)} />
    </Field>
  )
}

function problemWith({ kind, least, most }: Parameter, value: string): string | undefined {
  if (kind === 'choice') return undefined
  const isFit = /^\d+$/.test(value) && Number(value) >= (least ?? 0) && Number(value) <= (most ?? Infinity)
  return isFit ? undefined : `A whole number from ${least} to ${most}.`
}

function isSeverity(value: string): value is AlertRuleView['severity'] {
  return Object.hasOwn(severities, value)
}
