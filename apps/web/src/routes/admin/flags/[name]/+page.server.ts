import { FLAG_NAMES, type FlagName } from '@assay/contract';
import { error, type RequestEvent } from '@sveltejs/kit';
import { parseTargets, parseVariants } from '#lib/features/flags/words.ts';
import { act } from '#lib/server/act.ts';
import { orError } from '#lib/server/failures.ts';
import { textOf } from '#lib/server/form.ts';
import { idOf } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

function nameOf({ params }: { params: { name?: string | undefined } }): FlagName {
  const name = FLAG_NAMES.find((known) => known === params.name);
  if (!name) error(404, 'There is no such feature flag.');
  return name;
}

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
  depends('assay:flags');
  const name = nameOf({ params });
  const cursor = url.searchParams.get('cursor');
  const [flag, rollouts, history] = await orError(
    Promise.all([
      locals.api.flags.show.query({ name }),
      locals.api.rollouts.list.query(),
      locals.api.flags.history.query({ name, limit: 12, ...(cursor ? { cursor } : {}) }),
    ]),
  );
  return {
    flag,
    rollout: rollouts.find((one) => one.flag === name) ?? null,
    history,
    cursor,
    asks: url.searchParams.get('ask') === 'kill',
    at: new Date().toISOString(),
  };
};

const versionIn = (form: FormData) => Number(textOf(form, 'version'));
/** What is no number goes on as it is: the API says what is wrong with it. */
const numberIn = (form: FormData, name: string) =>
  /^\d+(\.\d+)?$/.test(textOf(form, name)) ? Number(textOf(form, name)) : (textOf(form, name) as never);

function change(event: RequestEvent, done: string, call: (name: FlagName, form: FormData) => Promise<unknown>) {
  const name = nameOf(event);
  return act(event, { call: (form) => call(name, form), done, next: `/admin/flags/${name}` });
}

const steer = (event: RequestEvent, move: 'pause' | 'resume' | 'stop', done: string) =>
  change(event, done, (_name, form) => event.locals.api.rollouts[move].mutate({ id: idOf(form.get('id')) ?? 0 }));

export const actions: Actions = {
  rollout: (event) =>
    change(event, 'Changed. Every process knows within a second.', (name, form) =>
      event.locals.api.flags.setRollout.mutate({ name, version: versionIn(form), percentage: numberIn(form, 'percentage') }),
    ),
  switch: (event) =>
    change(event, 'Changed. Every process knows within a second.', (name, form) =>
      event.locals.api.flags.switch.mutate({ name, enabled: textOf(form, 'enabled') === 'true' }),
    ),
  kill: (event) =>
    change(event, 'Done. Every process knows within a second.', (name, form) =>
      event.locals.api.flags.kill.mutate({ name, killed: textOf(form, 'killed') === 'true' }),
    ),
  targets: (event) =>
    change(event, 'The targets are saved.', (name, form) =>
      event.locals.api.flags.setTargets.mutate({ name, version: versionIn(form), targets: parseTargets(textOf(form, 'targets')) }),
    ),
  variants: (event) =>
    change(event, 'The variants are saved.', (name, form) =>
      event.locals.api.flags.setVariants.mutate({ name, version: versionIn(form), variants: parseVariants(textOf(form, 'variants')) }),
    ),
  details: (event) =>
    change(event, 'Saved.', (name, form) =>
      event.locals.api.flags.setDetails.mutate({
        name,
        version: versionIn(form),
        description: textOf(form, 'description'),
        owner: textOf(form, 'owner'),
        expiresAt: textOf(form, 'expires') ? `${textOf(form, 'expires')}T00:00:00.000Z` : null,
      }),
    ),
  undo: (event) =>
    change(event, 'Taken back.', (name, form) => event.locals.api.flags.undo.mutate({ name, changeId: idOf(form.get('id')) ?? 0 })),
  start: (event) =>
    change(event, 'The rollout has begun.', (name, form) =>
      event.locals.api.rollouts.start.mutate({
        name,
        phases: textOf(form, 'phases')
          .split(/[\s,]+/)
          .filter(Boolean)
          .map(Number),
        waitMinutes: numberIn(form, 'waitMinutes'),
        requestsMin: numberIn(form, 'requestsMin'),
        errorRatePercentMax: numberIn(form, 'errorRatePercentMax'),
        p95MaxMs: numberIn(form, 'p95MaxMs'),
      }),
    ),
  pause: (event) => steer(event, 'pause', 'The rollout stays where it is.'),
  resume: (event) => steer(event, 'resume', 'The phase begins anew.'),
  stop: (event) => steer(event, 'stop', 'The rollout has ended; the flag stays as it is.'),
};
