import {
  FlagByName,
  FlagHistoryPage,
  FlagHistoryQuery,
  FlagList,
  FlagView,
  KillFlagInput,
  MyFlags,
  SetFlagDetailsInput,
  SetRolloutInput,
  SetTargetsInput,
  SetVariantsInput,
  SwitchFlagInput,
  UndoFlagInput,
} from '@assay/contract';
import {
  flagHistory,
  killFlag,
  listFlags,
  myFlags,
  rollbackAllSellerFeatures,
  rollbackFeature,
  setFlagDetails,
  setRollout,
  setTargets,
  setVariants,
  showFlag,
  switchFlag,
  undoFlagChange,
  type Context,
} from '@assay/core';
import type { z } from 'zod';
import { route } from './route.ts';

const tag = 'Feature flags';
const forOperators = { tag, auth: 'required' as const, status: 200 as const };
type FlagName = z.infer<typeof FlagByName>['name'];

/** A route that changes one flag: what is set is in the body, with the version that it was made from. */
function changing<Input extends object>(
  path: string,
  summary: string,
  body: z.ZodType<Input>,
  handle: (ctx: Context, input: Input & { name: FlagName }) => Promise<FlagView>,
) {
  return route({
    ...forOperators,
    method: 'post',
    path: `/flags/:name/${path}`,
    summary,
    params: FlagByName,
    body,
    response: FlagView,
    errors: [403, 404, 409],
    handle: ({ ctx, params, body: given }) => handle(ctx, { ...given, ...params }),
  });
}

const name = { name: true } as const;

export const flagRoutes = [
  route({
    method: 'get',
    path: '/flags/mine',
    tag,
    summary: 'Which features are on for me',
    description: 'For whoever asks: by account, or by the visitor’s cookie.',
    auth: 'optional',
    status: 200,
    response: MyFlags,
    handle: ({ ctx }) => myFlags(ctx),
  }),
  route({
    ...forOperators,
    method: 'get',
    path: '/flags',
    summary: 'All feature flags',
    response: FlagList,
    errors: [403],
    handle: ({ ctx }) => listFlags(ctx),
  }),
  route({
    ...forOperators,
    method: 'post',
    path: '/flags/rollback-all',
    summary: 'Switch every seller feature off',
    response: FlagList,
    errors: [403, 409],
    handle: async ({ ctx }) => ({ items: await rollbackAllSellerFeatures(ctx) }),
  }),
  route({
    ...forOperators,
    method: 'get',
    path: '/flags/:name',
    summary: 'A feature flag',
    params: FlagByName,
    response: FlagView,
    errors: [403],
    handle: ({ ctx, params }) => showFlag(ctx, params),
  }),
  route({
    ...forOperators,
    method: 'get',
    path: '/flags/:name/history',
    summary: 'What was changed about a flag, newest first',
    params: FlagByName,
    query: FlagHistoryQuery,
    response: FlagHistoryPage,
    errors: [403],
    handle: ({ ctx, params, query }) => flagHistory(ctx, { ...query, ...params }),
  }),
  changing('rollout', 'Set the share of people who have it', SetRolloutInput.omit(name), setRollout),
  changing('switch', 'Switch it on or off', SwitchFlagInput.omit(name), switchFlag),
  changing('kill', 'Kill it, or revive it', KillFlagInput.omit(name), killFlag),
  changing('targets', 'Set who has it whatever the percentage says', SetTargetsInput.omit(name), setTargets),
  changing('variants', 'Set the sides of an A/B test', SetVariantsInput.omit(name), setVariants),
  changing('details', 'Set description, owner and expiry date', SetFlagDetailsInput.omit(name), setFlagDetails),
  changing('undo', 'Take a change back: the newest, or one by its id', UndoFlagInput.omit(name), undoFlagChange),
  route({
    ...forOperators,
    method: 'post',
    path: '/flags/:name/rollback',
    summary: 'Switch a feature off',
    params: FlagByName,
    response: FlagView,
    errors: [403, 409],
    handle: ({ ctx, params }) => rollbackFeature(ctx, params),
  }),
];
