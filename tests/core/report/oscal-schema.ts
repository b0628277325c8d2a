import { Ajv } from 'ajv'
import type { ValidateFunction } from 'ajv'

/**
 * The constraints of OSCAL's assessment results on everything that we write, as a JSON schema of our own: the members that each part may
 * have, those that it must have, and the forms of texts, read from pages.nist.gov/OSCAL-Reference/models/v1.1.3/assessment-results. Parts
 * of the model that we write nothing of are left out, so that writing one is a fault here until it is added.
 */
type Schema = { readonly [name: string]: unknown }

const text: Schema = { type: 'string' }
const line: Schema = { type: 'string', pattern: '^\\S(.*\\S)?$' }
const token: Schema = { type: 'string', pattern: '^(\\p{L}|_)(\\p{L}|\\p{N}|[.\\-_])*$' }
const uuid: Schema = {
  type: 'string',
  pattern: '^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$',
}
const uri: Schema = { type: 'string', pattern: '^[a-zA-Z][a-zA-Z0-9+\\-.]+:.+$' }
const instant: Schema = {
  type: 'string',
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$',
}
const oneOf = (...values: readonly string[]): Schema => ({ enum: values })

/** A list of the model is never empty. */
const list = (items: Schema): Schema => ({ type: 'array', minItems: 1, items })

/** Names that end in '!' must be there. */
function part(members: Readonly<Record<string, Schema>>): Schema {
  const names = Object.keys(members)
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(members).map(([name, schema]) => [name.replace('!', ''), schema])),
    required: names.filter((name) => name.endsWith('!')).map((name) => name.replace('!', '')),
    additionalProperties: false,
  }
}

const remarks = text
const props = list(part({ 'name!': token, uuid, ns: uri, 'value!': line, class: token, group: token, remarks }))
const links = list(part({ 'href!': { type: 'string', minLength: 1 }, rel: token, 'media-type': line, 'resource-fragment': line, text }))
const common = { props, links, remarks }
const actor = part({ 'type!': oneOf('tool', 'assessment-platform', 'party'), 'actor-uuid!': uuid, 'role-id': token, props, links })
const origin = part({ 'actors!': list(actor) })
const origins = list(origin)
const relatedObservations = list(part({ 'observation-uuid!': uuid }))
const objectivePart = part({ id: token, 'name!': token, ns: uri, class: token, title: text, props, prose: text, links })

const metadata = part({
  ...{ 'title!': text, published: instant, 'last-modified!': instant, 'version!': line, 'oscal-version!': line, props, links, remarks },
  parties: list(
    part({
      ...{ 'uuid!': uuid, 'type!': oneOf('person', 'organization'), name: line, 'short-name': line, ...common },
      'external-ids': list(part({ 'scheme!': uri, 'id!': line })),
    }),
  ),
})

const assets = part({
  components: list(
    part({
      ...{ 'uuid!': uuid, 'type!': line, 'title!': text, 'description!': text, purpose: text, ...common },
      'status!': part({ 'state!': oneOf('under-development', 'operational', 'disposition', 'other'), remarks }),
    }),
  ),
  'assessment-platforms!': list(
    part({ 'uuid!': uuid, title: text, ...common, 'uses-components': list(part({ 'component-uuid!': uuid, ...common })) }),
  ),
})

const reviewed = part({
  description: text,
  ...common,
  'control-selections!': list(
    part({ description: text, ...common, 'include-all': part({}), 'include-controls': list(part({ 'control-id!': token })) }),
  ),
  'control-objective-selections': list(
    part({ description: text, ...common, 'include-all': part({}), 'include-objectives': list(part({ 'objective-id!': token })) }),
  ),
})

const observation = part({
  ...{ 'uuid!': uuid, title: text, 'description!': text, ...common },
  'methods!': list(oneOf('EXAMINE', 'INTERVIEW', 'TEST', 'UNKNOWN')),
  types: list(token),
  origins,
  subjects: list(part({ 'subject-uuid!': uuid, 'type!': token, title: text, ...common })),
  'relevant-evidence': list(part({ href: text, 'description!': text, ...common })),
  'collected!': instant,
  expires: instant,
})

/** A risk has no remarks. */
const risk = part({
  ...{ 'uuid!': uuid, 'title!': text, 'description!': text, 'statement!': text, props, links, origins },
  'status!': oneOf('open', 'investigating', 'remediating', 'deviation-requested', 'deviation-approved', 'closed'),
  'threat-ids': list(part({ 'system!': uri, href: text, 'id!': uri })),
  characterizations: list(
    part({ props, links, 'origin!': origin, 'facets!': list(part({ 'name!': token, 'system!': uri, 'value!': line, ...common })) }),
  ),
  remediations: list(
    part({
      'uuid!': uuid,
      'lifecycle!': oneOf('recommendation', 'planned', 'completed'),
      'title!': text,
      'description!': text,
      origins,
      ...common,
    }),
  ),
  'related-observations': relatedObservations,
})

const finding = part({
  ...{ 'uuid!': uuid, 'title!': text, 'description!': text, origins, ...common },
  'target!': part({
    ...{ 'type!': oneOf('statement-id', 'objective-id'), 'target-id!': token, title: text, description: text, ...common },
    'status!': part({ 'state!': oneOf('satisfied', 'not-satisfied'), reason: token, remarks }),
  }),
  'related-observations': relatedObservations,
  'related-risks': list(part({ 'risk-uuid!': uuid })),
})

const result = part({
  ...{ 'uuid!': uuid, 'title!': text, 'description!': text, 'start!': instant, end: instant, ...common },
  'local-definitions': part({ 'assessment-assets': assets }),
  'reviewed-controls!': reviewed,
  observations: list(observation),
  risks: list(risk),
  findings: list(finding),
})

export const assessmentResults: Schema = part({
  'assessment-results!': part({
    'uuid!': uuid,
    'metadata!': metadata,
    'import-ap!': part({ 'href!': text, remarks }),
    'local-definitions': part({
      'objectives-and-methods': list(part({ 'control-id!': token, description: text, ...common, 'parts!': list(objectivePart) })),
      remarks,
    }),
    'results!': list(result),
    'back-matter': part({ resources: list(part({ 'uuid!': uuid, title: text, description: text, props, remarks })) }),
  }),
})

export function oscalValidator(): ValidateFunction {
  return new Ajv({ strict: true, strictTypes: false, unicodeRegExp: true }).compile(assessmentResults)
}
