import type { Context } from '@assay/core';
import type { TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server';
import type { z } from 'zod';
import { contextOf } from '../http/context.ts';
import { runOnce, type KeyedCall } from '../http/idempotency.ts';
import type { Operation, Operations } from '../operations/operation.ts';
import type { BeforeCommit } from '../unit-of-work.ts';
import { procedure, signedInProcedure, type TrpcContext } from './trpc.ts';

type ProcedureOf<O> =
  O extends Operation<infer Kind, infer Answer, infer I>
    ? Kind extends 'query'
      ? TRPCQueryProcedure<{ meta: object; input: InputOf<I>; output: Awaited<Answer> }>
      : TRPCMutationProcedure<{ meta: object; input: InputOf<I>; output: Awaited<Answer> }>
    : never;
type InputOf<I> = I extends z.ZodType ? z.input<I> : void;

/** The procedures of a feature's operations, with the types of their use cases. */
export type Procedures<Group extends Operations> = {
  -readonly [Name in keyof Group as Group[Name] extends { only: 'rest' } ? never : Name]: ProcedureOf<Group[Name]>;
};

/** @param feature the name of the group in the router: idempotency keys stand for "feature.name" */
export function procedures<Group extends Operations>(feature: string, group: Group): Procedures<Group> {
  const offered = Object.entries(group).filter(([, { only }]) => only !== 'rest');
  return Object.fromEntries(
    offered.map(([name, operation]) => [name, procedureOf(`${feature}.${name}`, operation)]),
  ) as unknown as Procedures<Group>;
}

type Resolver = { ctx: TrpcContext; input: unknown };

function procedureOf(name: string, operation: Operation) {
  const base = operation.as === 'anyone' ? procedure : signedInProcedure;
  const use = operation.use as (ctx: Context, input: unknown) => unknown;
  const built = operation.input ? base.input(operation.input) : base;
  if (operation.kind === 'query') return built.query(({ ctx, input }: Resolver) => use(ctx.ctx, input));
  return built.mutation(operation.once ? onceOf(name, operation, use) : ({ ctx, input }: Resolver) => use(ctx.ctx, input));
}

/** A change that honours Idempotency-Key, as over REST. The key is one request's: batches of changes are refused. */
function onceOf(name: string, { output }: Operation, use: (ctx: Context, input: unknown) => unknown) {
  const call: Omit<KeyedCall, 'request'> = {
    status: 200,
    silent: !output,
    accepts: (answer) => output?.safeParse(answer).success ?? true,
    textOf: (answer) => JSON.stringify(answer),
  };
  return async ({ ctx: { ctx, container, req, res }, input }: Resolver) => {
    const work = (beforeCommit?: BeforeCommit) => use(beforeCommit ? contextOf(container, req, beforeCommit) : ctx, input);
    const outcome = await runOnce(container, req, { ...call, request: ['trpc', name, input ?? null] }, work);
    if (!outcome.replayed) return outcome.answer;
    res.setHeader('Idempotency-Replayed', 'true');
    return outcome.text === '' ? undefined : (JSON.parse(outcome.text) as unknown);
  };
}
