import { fromText } from '@assay/contract';
import type { Request } from 'express';
import { z } from 'zod';
import { invalidInput } from '../http/problems.ts';
import type { Address } from '../operations/operation.ts';
import { textSchema } from './text-schema.ts';

/** Where a request carries an input: the schemas of its parts for the OpenAPI document, and how to read it. */
export interface RestInput {
  params: z.ZodObject | undefined;
  query: z.ZodObject | undefined;
  body: z.ZodType | undefined;
  /** @throws AppError VALIDATION_FAILED */
  read(req: Request): unknown;
}

type Shape = Record<string, z.ZodType>;
type Readers = readonly (readonly [from: string, to: string, read: (text: unknown) => unknown])[];

/** An intersection is looked at side by side; what is no object has no names. */
function partsOf(schema: z.ZodType): z.ZodType[] {
  return schema instanceof z.ZodIntersection
    ? [...partsOf(schema.def.left as z.ZodType), ...partsOf(schema.def.right as z.ZodType)]
    : [schema];
}
const shapeOf = (part: z.ZodType): Shape => (part instanceof z.ZodObject ? part.shape : {});

/** The names of the path's parameters. */
const paramsOf = (path: string) => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);

/** The body's own schema where the contract has one, so that the document names it; otherwise the fields that are left. */
function bodyOf(parts: z.ZodType[], taken: Set<string>): z.ZodType | undefined {
  const left = parts.filter((part) => !(part instanceof z.ZodObject) || Object.keys(part.shape).some((name) => !taken.has(name)));
  const [only] = left;
  if (only && left.length === 1 && !Object.keys(shapeOf(only)).some((name) => taken.has(name))) return only;
  const fields = left.flatMap((part) => Object.entries(shapeOf(part)).filter(([name]) => !taken.has(name)));
  return fields.length > 0 ? z.object(Object.fromEntries(fields)) : undefined;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Splits an input over path, query string and body by its names, at start: path parameters, then what the address fixes, then the
 * query string of GET and DELETE or the body of the others.
 * @throws Error when the path names a parameter that the input does not have
 */
export function splitInput(
  schema: z.ZodType | undefined,
  address: Pick<Address, 'method' | 'path' | 'names' | 'fixed' | 'query' | 'optionalBody'>,
): RestInput {
  const { method, path, names = {}, fixed = {}, optionalBody = false, query = method === 'get' || method === 'delete' } = address;
  const parts = schema ? partsOf(schema) : [];
  const shape: Shape = Object.assign({}, ...parts.map(shapeOf));
  const params = paramsOf(path).map((param) => [param, names[param] ?? param] as const);
  const taken = new Set([...params.map(([, name]) => name), ...Object.keys(fixed)]);
  for (const name of taken) if (!shape[name]) throw new Error(`${method} ${path}: the input has no "${name}".`);
  const asked = query ? Object.keys(shape).filter((name) => !taken.has(name)) : [];
  const body = query ? undefined : bodyOf(parts, taken);
  const textual = (pairs: (readonly [string, string])[]) =>
    pairs.length > 0 ? z.object(Object.fromEntries(pairs.map(([from, to]) => [from, textSchema(shape[to]!)]))) : undefined;
  const readers = (pairs: (readonly [string, string])[]): Readers => pairs.map(([from, to]) => [from, to, fromText(shape[to]!)]);
  const asking = asked.map((name) => [name, name] as const);
  const [readParams, readQuery] = [readers(params), readers(asking)];
  const whole = taken.size === 0 && body !== undefined;
  const renamed = Object.fromEntries(params.map(([from, to]) => [to, from]));

  const collect = (req: Request): unknown => {
    if (whole) return req.body as unknown;
    const values: Record<string, unknown> = {};
    if (body) Object.assign(values, optionalBody && req.body === undefined ? {} : requireObject(req.body));
    for (const [from, to, read] of readQuery) if (req.query[from] !== undefined) values[to] = read(req.query[from]);
    for (const [from, to, read] of readParams) values[to] = read(req.params[from]);
    return Object.assign(values, fixed);
  };
  const read = (req: Request): unknown => {
    const parsed = schema?.safeParse(collect(req));
    if (parsed && !parsed.success) throw invalidInput(parsed.error, renamed);
    return parsed?.data;
  };
  return { params: textual(params), query: textual(asking), body, read };
}

/** @throws AppError VALIDATION_FAILED when a body is no object */
function requireObject(body: unknown): object {
  if (isObject(body)) return body;
  throw invalidInput(z.object({}).safeParse(body).error!);
}
