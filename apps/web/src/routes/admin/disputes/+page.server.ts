import { DISPUTE_STATUSES } from '@assay/contract';
import { error } from '@sveltejs/kit';
import { orError } from '#lib/server/failures.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  if (!knownAccount(await parent())?.roles.includes('admin')) error(403, 'This page is for admins.');
  const status = DISPUTE_STATUSES.find((one) => one === url.searchParams.get('status')) ?? null;
  const cursor = url.searchParams.get('cursor') || undefined;
  return { status, disputes: await orError(locals.api.disputes.list.query({ status: status ?? undefined, cursor })) };
};
