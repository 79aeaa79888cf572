import * as groups from '@assay/api/operations';
import type { Address, Operation } from '@assay/api/operations';
import type { SuiteApi } from '@assay/testing';
import { z } from 'zod';

/** Every operation by its group and name, as tRPC calls it. */
export const OPERATIONS: [name: string, operation: Operation][] = Object.entries(groups).flatMap(([group, operations]) =>
  Object.entries(operations as Record<string, Operation>).map(
    ([name, operation]) => [`${group}.${name}`, operation] as [string, Operation],
  ),
);

/** What is read here of a JSON schema. */
interface JsonSchema {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  type?: string;
  format?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  allOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  items?: JsonSchema;
  minItems?: number;
  minimum?: number;
  minLength?: number;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  example?: unknown;
}

const jsonSchemaOf = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;

/** The names of an input, on its first level. */
export function namesOf(schema: z.ZodType | undefined): string[] {
  const names = (part: JsonSchema, root: JsonSchema): string[] => {
    if (part.$ref) return names(refOf(part, root), root);
    return [
      ...Object.keys(part.properties ?? {}),
      ...[part.allOf, part.anyOf, part.oneOf].flat().flatMap((one) => (one ? names(one, root) : [])),
    ];
  };
  if (!schema) return [];
  const root = jsonSchemaOf(schema);
  return names(root, root);
}

const refOf = (part: JsonSchema, root: JsonSchema) => root.$defs![part.$ref!.replace('#/$defs/', '')]!;

/** The smallest input that a schema takes: its example, or what its JSON schema says. */
export function sampleOf(schema: z.ZodType | undefined): unknown {
  if (!schema) return undefined;
  const root = jsonSchemaOf(schema);
  const made = (part: JsonSchema): unknown => {
    if (part.$ref) return made(refOf(part, root));
    if (part.example !== undefined) return part.example;
    if (part.default !== undefined) return part.default;
    if (part.const !== undefined) return part.const;
    if (part.enum) return part.enum[0];
    if (part.allOf) return Object.assign({}, ...part.allOf.map(made)) as object;
    const choice = part.anyOf ?? part.oneOf;
    if (choice) return made(choice[0]!);
    switch (part.type) {
      case 'object':
        return Object.fromEntries(
          Object.entries(part.properties ?? {})
            .filter(([name]) => part.required?.includes(name))
            .map(([name, one]) => [name, made(one)]),
        );
      case 'array':
        return Array.from({ length: part.minItems ?? 0 }, () => made(part.items!));
      case 'integer':
      case 'number':
        return Math.max(1, part.minimum ?? 1);
      case 'boolean':
        return true;
      default:
        return part.format === 'uuid' ? '00000000-0000-4000-8000-000000000000' : 'a'.repeat(Math.max(part.minLength ?? 0, 32));
    }
  };
  return made(root);
}

export interface Said {
  status: number;
  /** Of the refusal, or of the first item of a list that was refused; null for success. */
  code: string | null;
}

/** One call of a procedure. */
export async function overTrpc(api: SuiteApi, name: string, kind: string, input: unknown, token?: string): Promise<Said> {
  const json = input === undefined ? undefined : JSON.stringify(input);
  const address = `${api.url}/trpc/${name}${kind === 'query' && json ? `?input=${encodeURIComponent(json)}` : ''}`;
  const answer = await fetch(address, {
    method: kind === 'query' ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(kind === 'mutation' && json ? { body: json } : {}),
  });
  // What is refused before the procedure is reached has the form of the REST API.
  const body = (await answer.json()) as { code?: string; error?: { data: { app: { code: string } } }; result?: { data?: unknown } };
  return { status: answer.status, code: body.error?.data.app.code ?? body.code ?? refusedItem(body.result?.data) };
}

const refusedItem = (answer: unknown): string | null =>
  (answer as { items?: { error?: { code: string } | null }[] } | null | undefined)?.items?.[0]?.error?.code ?? null;

/** The same input at one of the operation's REST addresses. */
export async function overRest(api: SuiteApi, address: Address, input: object, token?: string): Promise<Said> {
  const { method, base = '/api/v1', path, names = {}, fixed = {}, query = method === 'get' || method === 'delete' } = address;
  const left: Record<string, unknown> = { ...input };
  for (const name of Object.keys(fixed)) delete left[name];
  const filled = path.replace(/:(\w+)/g, (_, param: string) => {
    const name = names[param] ?? param;
    const value = left[name];
    delete left[name];
    return encodeURIComponent(String(value));
  });
  const search = query && Object.keys(left).length > 0 ? `?${new URLSearchParams(left as Record<string, string>).toString()}` : '';
  const body = query ? undefined : JSON.stringify(left);
  const answer = await fetch(`${api.url}${base}${filled}${search}`, {
    method: method.toUpperCase(),
    headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body ? { body } : {}),
  });
  const text = await answer.text();
  const said = (text ? JSON.parse(text) : null) as { code?: string } | null;
  return { status: answer.status, code: said?.code ?? refusedItem(said) };
}
