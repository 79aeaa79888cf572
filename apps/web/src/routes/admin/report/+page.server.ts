import { orError } from '#lib/server/failures.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const days = url.searchParams.get('days') === '90' ? 90 : 30;
  return { report: await orError(locals.api.operations.report.query({ days })), days };
};
