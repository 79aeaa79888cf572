import { DISPUTE_STATUSES } from '@assay/contract';
import { orError } from '#lib/server/failures.ts';
import { requireAdmin } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  await requireAdmin({ locals, url, parent });
  const status = DISPUTE_STATUSES.find((one) => one === url.searchParams.get('status')) ?? null;
  const cursor = url.searchParams.get('cursor') || undefined;
  return { status, disputes: await orError(locals.api.disputes.list.query({ status: status ?? undefined, cursor })) };
};
