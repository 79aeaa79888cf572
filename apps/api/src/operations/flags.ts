import {
  FlagByName,
  FlagHistoryPage,
  FlagHistoryQuery,
  FlagList,
  FlagDetail,
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
} from '@assay/core';
import { z } from 'zod';
import { get, mutation, post, query } from './operation.ts';

const change = { output: FlagView, as: 'operator' } as const;
/** A change names the flag in its address and carries what is set, with the version that it was made from. */
const changeAt = (segment: string, summary: string) => post(`/flags/:name/${segment}`, summary, { errors: [403, 404, 409] });

export const flags = {
  mine: query({
    use: myFlags,
    output: MyFlags,
    as: 'anyone',
    rest: get('/flags/mine', 'Which features are on for me', {
      description: 'By the browser’s cookie, or by the account where there is none.',
      signIn: 'optional',
    }),
  }),
  list: query({ use: listFlags, output: FlagList, as: 'operator', rest: get('/flags', 'All feature flags', { errors: [403] }) }),
  rollbackAll: mutation({
    use: rollbackAllSellerFeatures,
    output: z.array(FlagView),
    as: 'operator',
    rest: post('/flags/rollback-all', 'Switch every seller feature off', { items: true, errors: [403, 409] }),
  }),
  show: query({
    use: showFlag,
    input: FlagByName,
    output: FlagDetail,
    as: 'operator',
    rest: get('/flags/:name', 'A feature flag', { errors: [403] }),
  }),
  history: query({
    use: flagHistory,
    input: FlagByName.extend(FlagHistoryQuery.shape),
    output: FlagHistoryPage,
    as: 'operator',
    rest: get('/flags/:name/history', 'What was changed about a flag, newest first', { errors: [403] }),
  }),
  setRollout: mutation({
    ...change,
    use: setRollout,
    input: SetRolloutInput,
    rest: changeAt('rollout', 'Set the share of people who have it'),
  }),
  switch: mutation({ ...change, use: switchFlag, input: SwitchFlagInput, rest: changeAt('switch', 'Switch it on or off') }),
  kill: mutation({ ...change, use: killFlag, input: KillFlagInput, rest: changeAt('kill', 'Kill it, or revive it') }),
  setTargets: mutation({
    ...change,
    use: setTargets,
    input: SetTargetsInput,
    rest: changeAt('targets', 'Set who has it at any percentage'),
  }),
  setVariants: mutation({
    ...change,
    use: setVariants,
    input: SetVariantsInput,
    rest: changeAt('variants', 'Set the sides of an A/B test'),
  }),
  setDetails: mutation({
    ...change,
    use: setFlagDetails,
    input: SetFlagDetailsInput,
    rest: changeAt('details', 'Set description, owner and expiry date'),
  }),
  undo: mutation({
    ...change,
    use: undoFlagChange,
    input: UndoFlagInput,
    rest: changeAt('undo', 'Take a change back: the newest, or one by its id'),
  }),
  rollback: mutation({
    ...change,
    use: rollbackFeature,
    input: FlagByName,
    rest: post('/flags/:name/rollback', 'Switch a feature off', { errors: [403, 409] }),
  }),
};
