import { z } from 'zod'

/**
 * What a report in OSCAL 1.1 may hold, member by member: the names, types and patterns of the assessment results model
 * (pages.nist.gov/OSCAL-Reference/models/v1.1.3/assessment-results/json-reference), narrowed to what is written here. Strict: a
 * member that is not listed is a fault.
 */
const uuid = z.string().regex(/^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$/)
const token = z.string().regex(/^(\p{L}|_)(\p{L}|\p{N}|[.\-_])*$/u)
/** One line, not empty, no white space at the ends. */
const line = z.string().regex(/^\S(.*\S)?$/u)
const uri = z.string().regex(/^[a-zA-Z][a-zA-Z0-9+\-.]+:\S+$/)
const instant = z.iso.datetime({ offset: true })
const some = <T extends z.ZodType>(entry: T): z.ZodArray<T> => z.array(entry).min(1)

const props = some(z.strictObject({ name: token, ns: uri, value: line, class: token.optional() }))
const actor = z.strictObject({ type: z.enum(['tool', 'assessment-platform', 'party']), 'actor-uuid': uuid })
const origins = some(z.strictObject({ actors: some(actor) }))
const related = some(z.strictObject({ 'observation-uuid': uuid }))

const observation = z.strictObject({
  uuid,
  title: z.string(),
  description: z.string(),
  props,
  methods: some(z.enum(['EXAMINE', 'INTERVIEW', 'TEST', 'UNKNOWN'])),
  types: some(z.enum(['control-objective', 'finding'])),
  origins,
  subjects: some(
    z.strictObject({ 'subject-uuid': uuid, type: token, title: z.string().optional(), props, remarks: z.string() }),
  ).optional(),
  'relevant-evidence': some(z.strictObject({ description: z.string() })).optional(),
  collected: instant,
  remarks: z.string().optional(),
})

const risk = z.strictObject({
  uuid,
  title: z.string(),
  description: z.string(),
  statement: z.string(),
  props,
  status: z.enum(['open', 'investigating', 'remediating', 'deviation-requested', 'deviation-approved', 'closed']),
  origins,
  'threat-ids': some(z.strictObject({ system: uri, id: uri })).optional(),
  characterizations: some(
    z.strictObject({
      origin: z.strictObject({ actors: some(actor) }),
      facets: some(z.strictObject({ name: token, system: uri, value: line })),
    }),
  ),
  remediations: some(
    z.strictObject({
      uuid,
      lifecycle: z.enum(['recommendation', 'planned', 'completed']),
      title: z.string(),
      description: z.string(),
      links: some(z.strictObject({ href: uri, rel: token, text: z.string() })),
      remarks: z.string().optional(),
    }),
  ),
  'related-observations': related,
})

const finding = z.strictObject({
  uuid,
  title: z.string(),
  description: z.string(),
  props,
  origins,
  target: z.strictObject({
    type: z.literal('objective-id'),
    'target-id': token,
    status: z.strictObject({
      state: z.enum(['satisfied', 'not-satisfied']),
      reason: z.enum(['pass', 'fail', 'other']),
      remarks: z.string(),
    }),
  }),
  'related-observations': related,
  'related-risks': some(z.strictObject({ 'risk-uuid': uuid })).optional(),
})

const result = z.strictObject({
  uuid,
  title: z.string(),
  description: z.string(),
  start: instant,
  end: instant,
  props,
  'local-definitions': z.strictObject({
    'assessment-assets': z.strictObject({
      components: some(
        z.strictObject({
          uuid,
          type: line,
          title: z.string(),
          description: z.string(),
          status: z.strictObject({ state: z.enum(['under-development', 'operational', 'disposition', 'other']) }),
        }),
      ),
      'assessment-platforms': some(z.strictObject({ uuid, 'uses-components': some(z.strictObject({ 'component-uuid': uuid })) })),
    }),
  }),
  'reviewed-controls': z.strictObject({
    description: z.string(),
    'control-selections': some(
      z.strictObject({ description: z.string().optional(), 'include-controls': some(z.strictObject({ 'control-id': token })).optional() }),
    ),
    'control-objective-selections': some(
      z.strictObject({ 'include-objectives': some(z.strictObject({ 'objective-id': token })) }),
    ).optional(),
  }),
  observations: some(observation),
  risks: some(risk).optional(),
  findings: some(finding).optional(),
})

export const oscalSchema = z.strictObject({
  'assessment-results': z.strictObject({
    uuid,
    metadata: z.strictObject({
      title: z.string(),
      'last-modified': instant,
      version: line,
      'oscal-version': z.literal('1.1.3'),
      props,
      parties: some(
        z.strictObject({
          uuid,
          type: z.enum(['person', 'organization']),
          name: line.optional(),
          'external-ids': some(z.strictObject({ scheme: uri, id: line })).optional(),
        }),
      ),
    }),
    'import-ap': z.strictObject({ href: z.string().regex(/^#/) }),
    'local-definitions': z
      .strictObject({
        'objectives-and-methods': some(
          z.strictObject({
            'control-id': token,
            props,
            parts: some(z.strictObject({ id: token, name: token, prose: z.string() })),
          }),
        ),
      })
      .optional(),
    results: some(result),
    'back-matter': z.strictObject({
      resources: some(z.strictObject({ uuid, title: z.string(), description: z.string(), props: props.optional() })),
    }),
  }),
})
