import { orError } from '#lib/server/failures.ts';
import { requireAdmin } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await requireAdmin(event);
  const q = event.url.searchParams.get('q')?.trim() ?? '';
  const cursor = event.url.searchParams.get('cursor') || undefined;
  return { q, found: q ? await orError(event.locals.api.adminOrders.find.query({ q, cursor })) : null };
};
