import type { Context } from '@assay/core';
import type { z } from 'zod';

type Schema = z.ZodType | undefined;

/** Who may call an operation. Transports check the sign-in, the use case checks roles and owners. */
export type Access = 'anyone' | 'user' | 'admin' | 'operator';

/** Where REST answers; the API when an address names no base. */
export const API = '/api/v1';
/** The founding documents' addresses of a seller. */
export const MARKETPLACE = '/api/marketplace/seller';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The REST address of an operation, and what REST says of it. */
export interface Address {
  method: Method;
  base?: typeof API | typeof MARKETPLACE;
  /** Below the base, with `:name` for parameters. */
  path: string;
  /** Status of success; 204 answers no body. */
  status: 200 | 201 | 204;
  summary: string;
  description?: string;
  /** Path parameters that the input calls something else: `{ id: 'sellerId' }`. */
  names?: Readonly<Record<string, string>>;
  /** Inputs that the address itself says: `{ move: 'pay' }`. */
  fixed?: Readonly<Record<string, unknown>>;
  /** The request may come without a body: all of its fields may be missing. */
  optionalBody?: boolean;
  /** What is not in the path is in the query string: always so for GET and DELETE. */
  query?: boolean;
  /** A list is answered as `{ items }`. */
  items?: boolean;
  /** A signed-in caller gets more. */
  signIn?: 'optional';
  /** Requests count for their address, also where a signed-in user sends them: accounts are free, so they are no budget for guessing. */
  countedBy?: 'address';
  /** Answers with an entity tag, to be asked again with If-None-Match. */
  cache?: 'public' | 'private';
  /** Statuses of refusals besides the usual ones. */
  errors?: readonly number[];
}

type Options = Omit<Address, 'method' | 'path' | 'summary' | 'status'> & { status?: Address['status'] };
const at =
  (method: Method) =>
  (path: string, summary: string, { status = 200, ...options }: Options = {}): Address => ({ method, path, summary, status, ...options });

export const get = at('get');
export const post = at('post');
export const put = at('put');
export const patch = at('patch');
export const del = at('delete');

interface Definition<Answer, I extends Schema, O extends Schema> {
  /** The use case. An arrow around it names the types of its parameters: inferred ones cannot be compared with the output. */
  use: (ctx: Context, input: I extends z.ZodType ? z.output<I> : undefined) => Answer;
  /** Native values: numbers are numbers. REST reads the text of paths and query strings. */
  input?: I;
  /** What the use case answers; none where it answers nothing. */
  output?: O;
  as: Access;
  /** Over tRPC alone where there is none; one operation may have several addresses. */
  rest?: Address | readonly Address[];
  /** The tag of its addresses, where it is not its group's. */
  tag?: string;
}

/**
 * Output schema and use case must say the same: neither promises what the other does not give. Where they differ, a declaration lacks
 * arguments that cannot be given.
 */
type SaysTheSame<Answer, O extends Schema> = O extends z.ZodType
  ? Awaited<Answer> extends z.output<O>
    ? z.output<O> extends Awaited<Answer>
      ? []
      : [error: never, reason: 'The output schema lacks something that the use case answers.']
    : [error: never, reason: 'The output schema has something that the use case does not answer.']
  : Awaited<Answer> extends void
    ? []
    : [error: never, reason: 'The use case answers something: it needs an output schema.'];

/** A use case as the API offers it. REST routes, tRPC procedures and the OpenAPI document are made of it. */
export interface Operation<
  Kind extends 'query' | 'mutation' = 'query' | 'mutation',
  Answer = unknown,
  I extends Schema = Schema,
  Only extends 'rest' | null = 'rest' | null,
> {
  readonly kind: Kind;
  readonly use: (ctx: Context, input: never) => Answer;
  readonly input: I;
  readonly output: Schema;
  readonly as: Access;
  /** Honours an idempotency key, over both transports. */
  readonly once: boolean;
  readonly rest: readonly Address[];
  readonly tag: string | undefined;
  readonly only: Only;
}

function define<Kind extends 'query' | 'mutation', Answer, I extends Schema, O extends Schema>(
  kind: Kind,
  { use, input, output, as, rest = [], tag }: Definition<Answer, I, O>,
  once: boolean,
): Operation<Kind, Answer, I, null> {
  return { kind, use, input: input as I, output, as, once, rest: [rest].flat(), tag, only: null };
}

/** Declares a use case that reads. */
export const query = <Answer, I extends Schema = undefined, O extends Schema = undefined>(
  definition: Definition<Answer, I, O>,
  ..._differs: SaysTheSame<Answer, O>
) => define<'query', Answer, I, O>('query', definition, false);

/**
 * Declares a use case that changes something. A repeat with the same idempotency key does nothing and gets the same answer, unless
 * `once` is false: the hash of a request that carries a password is not kept.
 */
export const mutation = <Answer, I extends Schema = undefined, O extends Schema = undefined>(
  definition: Definition<Answer, I, O> & { once?: boolean },
  ..._differs: SaysTheSame<Answer, O>
) => define<'mutation', Answer, I, O>('mutation', definition, definition.once ?? true);

/** An operation that tRPC does not offer. */
export const restOnly = <Kind extends 'query' | 'mutation', Answer, I extends Schema>(
  operation: Operation<Kind, Answer, I, null>,
): Operation<Kind, Answer, I, 'rest'> => ({ ...operation, only: 'rest' });

/** Operations of one feature, by their names in tRPC. */
export type Operations = Readonly<Record<string, Operation>>;
