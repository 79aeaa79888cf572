import { ERRORS, Problem } from '@assay/contract';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiRequestBodyObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { API } from '../operations/operation.ts';
import { pathOf, type Route } from './route.ts';

const TITLES: Record<number, string> = {
  200: 'Done',
  201: 'Created',
  204: 'Done, nothing to say',
  304: 'Not changed since that entity tag',
};

const UPLOAD: ZodOpenApiRequestBodyObject = {
  required: true,
  description: 'The file itself, or a form with one.',
  content: {
    'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
    'multipart/form-data': { schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } } },
  },
};

/** The OpenAPI 3.1 document of the REST API, made of the routes themselves. */
export function openApiDocument(routes: readonly Route[]) {
  const paths: ZodOpenApiPathsObject = {};
  const ids = new Set<string>();
  for (const route of routes) {
    const path = pathOf(route).replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route, ids) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Assay',
      version: '1.0.0',
      description:
        'Seller ratings whose numbers are right, always, and can be checked. Errors are problem details (RFC 9457) with a stable `code`, a sentence for people and a request id. ' +
        'Sign in with `POST /api/v1/auth/login` and send the token as `Authorization: Bearer …`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    security: [],
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  });
}

function operation(route: Route, ids: Set<string>): ZodOpenApiOperationObject {
  const { params, query, body } = route.input;
  const parameters = {
    ...(params ? { path: params } : {}),
    ...(query ? { query } : {}),
    ...(route.once
      ? {
          header: z.object({
            'Idempotency-Key': z.string().max(255).optional().describe('The same key with the same body replays the answer.'),
          }),
        }
      : {}),
  };
  return {
    operationId: uniqueId(route, ids),
    tags: [route.tag],
    summary: route.summary,
    ...(route.description ? { description: route.description } : {}),
    ...(route.auth === 'none' ? {} : { security: route.auth === 'optional' ? [{}, { bearer: [] }] : [{ bearer: [] }] }),
    ...(Object.keys(parameters).length > 0 ? { requestParams: parameters } : {}),
    ...(route.upload ? { requestBody: UPLOAD } : {}),
    ...(route.text ? { requestBody: { required: true, content: { [route.text]: { schema: { type: 'string' as const } } } } } : {}),
    ...(body ? { requestBody: { required: !route.optionalBody, content: { 'application/json': { schema: body } } } } : {}),
    responses: responses(route),
  };
}

/** The id of a route; where another route has it, the last parameter is added: "getFlags", "getFlagsByName". */
function uniqueId(route: Route, ids: Set<string>): string {
  const id = operationId(route);
  const parameter = /:(\w+)(?!.*:)/.exec(route.path)?.[1];
  const unique = ids.has(id) && parameter ? `${id}By${capitalized(parameter)}` : id;
  ids.add(unique);
  return unique;
}

const capitalized = (word: string) => word.replace(/^./, (letter) => letter.toUpperCase());

/** "post /orders/:id/pay" becomes "postOrdersPay". */
function operationId({ method, base, path }: Route): string {
  const words = [...(base === undefined || base === API ? [] : base.split('/').slice(2)), ...path.split('/')].filter(
    (part) => part && !part.startsWith(':'),
  );
  const named = words.map((word) => capitalized(word.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())));
  return `${method}${named.join('')}${path.endsWith(':id') ? 'ById' : ''}`;
}

function responses(route: Route): ZodOpenApiResponsesObject {
  const { input } = route;
  const success = route.response ? { content: { 'application/json': { schema: route.response } } } : {};
  const answers: ZodOpenApiResponsesObject = { [`${route.status}`]: { description: TITLES[route.status] ?? 'Done', ...success } };
  if (route.cache) answers['304'] = { description: TITLES[304]! };
  const failures = new Set([
    ...(route.errors ?? []),
    ...(route.auth === 'required' ? [401] : []),
    ...(input.params || input.query || input.body || route.text ? [400] : []),
    ...(input.body || route.text ? [413, 415] : []),
    429,
  ]);
  if (route.once) for (const status of [400, 409, 422]) failures.add(status);
  for (const status of [...failures].sort((a, b) => a - b)) {
    const codes = Object.entries(ERRORS)
      .filter(([, kind]) => kind.status === status)
      .map(([code]) => `\`${code}\``);
    answers[`${status as 400}`] = {
      description: `One of ${codes.join(', ')}`,
      content: { 'application/problem+json': { schema: Problem } },
    };
  }
  return answers;
}
