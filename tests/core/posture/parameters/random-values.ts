import type { Parameter, ParameterValue } from '../../../../core/posture/parameters/parameter.ts'
import { fc } from '../../../random.ts'

/** Any value within a parameter's limits. */
export function valueOf(parameter: Parameter): fc.Arbitrary<ParameterValue> {
  switch (parameter.kind) {
    case 'number':
      return fc.integer({ min: parameter.least, max: parameter.most })
    case 'yesNo':
      return fc.boolean()
    case 'choices':
      return fc.subarray(
        parameter.choices.map(({ id }) => id),
        { minLength: 1 },
      )
  }
}
