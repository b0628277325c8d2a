import { z } from 'zod'
import { problemSchema } from '@countersign/core/api/problem.ts'
import type { Route } from '@countersign/core/api/route.ts'
import { routes } from '@countersign/core/api/routes.ts'

type JsonObject = Readonly<Record<string, unknown>>

/** OpenAPI 3.1 of the whole interface, from the contract itself. */
export function openApiDocument(settings: { readonly version: string; readonly origin: string }): JsonObject {
  const paths: Record<string, Record<string, JsonObject>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:([A-Za-z]+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Countersign',
      version: settings.version,
      description: 'The tenant is always the one of the token: no path, query or body names it.',
    },
    servers: [{ url: settings.origin }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
      securitySchemes: {
        entra: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-countersign' },
      },
    },
  }
}

function operation(route: Route): JsonObject {
  const needsCsrf = route.effect === 'changes' && route.capability !== 'public'
  const parameters = [
    ...parametersOf('path', route.params),
    ...parametersOf('query', route.query),
    ...(needsCsrf
      ? [{ name: 'X-CSRF-Token', in: 'header', required: false, description: 'With a cookie session only.', schema: { type: 'string' } }]
      : []),
  ]
  const problem = {
    description: 'Problem details (RFC 9457)',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
  return {
    operationId: route.id,
    summary: route.summary,
    'x-capability': route.capability,
    'x-effect': route.effect,
    ...(route.capability === 'public' ? { security: [] } : { security: [{ entra: [] }, { session: [] }] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } } }
      : {}),
    responses: {
      200: {
        description: 'The answer',
        content: Object.fromEntries(mediaTypes(route).map((type) => [type, { schema: jsonSchema(route.answer, 'output') }])),
      },
      default: problem,
    },
  }
}

function mediaTypes({ answerType = 'application/json' }: Route): readonly string[] {
  return answerType.split(', ')
}

const objectSchema = z.object({ properties: z.record(z.string(), z.unknown()).default({}), required: z.array(z.string()).default([]) })

function parametersOf(place: 'path' | 'query', schema: z.ZodType | undefined): JsonObject[] {
  if (!schema) return []
  const { properties, required } = objectSchema.parse(jsonSchema(schema, 'input'))
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const made = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' })
  return Object.fromEntries(Object.entries(made).filter(([key]) => key !== '$schema'))
}
