import { apiErrorOf } from '@assay/client';
import { error } from '@sveltejs/kit';
import { orError } from '#lib/server/failures.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  requireSignIn(event);
  const me = knownAccount(await event.parent());
  const decides = me?.roles.includes('admin') ?? false;
  if (!decides && !me?.roles.includes('ops')) error(403, 'This page is for operators.');
  // Only admins moderate, and only while ratings are on.
  if (!decides) return { waiting: null, papers: null, disputes: null, reported: null };
  const counts = event.locals.api.moderation.counts.query().catch((thrown: unknown) => {
    if (apiErrorOf(thrown)?.code === 'RATINGS_OFF') return null;
    throw thrown;
  });
  const { verification, disputes: about, messages } = event.locals.api;
  const [waiting, papers, disputes, reported] = await orError(
    Promise.all([counts, verification.count.query(), about.count.query(), messages.countReported.query()]),
  );
  return { waiting, papers, disputes, reported };
};
