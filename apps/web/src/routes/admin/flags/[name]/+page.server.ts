import { FLAG_NAMES, PAGES, type FlagName } from '@assay/contract';
import { error } from '@sveltejs/kit';
import type { z } from 'zod';
import { parseTargets, parseVariants } from '#lib/features/flags/labels.ts';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { flag, formOf, id, number, text } from '#lib/server/form.ts';
import type { PageServerLoad } from './$types';

function nameOf({ params }: { params: { name?: string } }): FlagName {
  const name = FLAG_NAMES.find((known) => known === params.name);
  if (!name) error(404, 'There is no such feature flag.');
  return name;
}

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
  depends('assay:flags');
  const name = nameOf({ params });
  const cursor = url.searchParams.get('cursor');
  const [shown, rollouts, history] = await orError(
    Promise.all([
      locals.api.flags.show.query({ name }),
      locals.api.rollouts.list.query(),
      locals.api.flags.history.query({ name, limit: 12, cursor: cursor || undefined }),
    ]),
  );
  return {
    flag: shown,
    rollout: rollouts.find((one) => one.flag === name) ?? null,
    history,
    cursor,
    at: new Date().toISOString(),
  };
};

/** A change of the flag that the page is about. */
const change = <I>(
  say: string,
  read: z.ZodType<I, FormData>,
  call: (api: App.Locals['api'], name: FlagName, input: I) => Promise<unknown>,
) =>
  action({
    read,
    call: (api, input, event) => call(api, nameOf(event), input),
    say,
    next: ({ event }) => PAGES.flag(nameOf(event)),
  });

const EVERYWHERE = 'Saved. It takes effect within a second.';
/** Numbers with commas or spaces between them. */
const numbers = text.transform((value) =>
  value
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number),
);
/** A day; null where the field is empty. */
const day = text.transform((value) => (value ? `${value}T00:00:00.000Z` : null));
const versioned = { version: number };
const byId = formOf({ id });

export const actions = {
  rollout: change(EVERYWHERE, formOf({ ...versioned, percentage: number }), (api, name, input) =>
    api.flags.setRollout.mutate({ name, ...input }),
  ),
  switch: change(EVERYWHERE, formOf({ enabled: flag }), (api, name, input) => api.flags.switch.mutate({ name, ...input })),
  kill: change(EVERYWHERE, formOf({ killed: flag }), (api, name, input) => api.flags.kill.mutate({ name, ...input })),
  targets: change('Targets saved.', formOf({ ...versioned, targets: text.transform(parseTargets) }), (api, name, input) =>
    api.flags.setTargets.mutate({ name, ...input }),
  ),
  variants: change('Variants saved.', formOf({ ...versioned, variants: text.transform(parseVariants) }), (api, name, input) =>
    api.flags.setVariants.mutate({ name, ...input }),
  ),
  details: change(
    'Details saved.',
    formOf({ ...versioned, description: text, owner: text, expires: day }),
    (api, name, { expires: expiresAt, ...input }) => api.flags.setDetails.mutate({ name, ...input, expiresAt }),
  ),
  undo: change('Change undone.', byId, (api, name, input) => api.flags.undo.mutate({ name, changeId: input.id })),
  start: change(
    'Rollout started.',
    formOf({ phases: numbers, waitMinutes: number, requestsMin: number, errorRatePercentMax: number, p95MaxMs: number }),
    (api, name, input) => api.rollouts.start.mutate({ name, ...input }),
  ),
  pause: change('Rollout paused.', byId, (api, _name, input) => api.rollouts.pause.mutate(input)),
  resume: change('Phase restarted.', byId, (api, _name, input) => api.rollouts.resume.mutate(input)),
  stop: change('Rollout ended. The flag keeps its current percentage.', byId, (api, _name, input) => api.rollouts.stop.mutate(input)),
};
