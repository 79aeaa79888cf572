import { orError } from '#lib/server/failures.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const given = (name: string) => url.searchParams.get(name)?.trim() ?? '';
  const [action, entity, entityId, cursor] = [given('action'), given('entity'), given('entityId'), given('cursor')];
  const query = { action: action || undefined, entity: entity || undefined, entityId: entityId || undefined, cursor: cursor || undefined };
  return { entries: await orError(locals.api.moderation.audit.query(query)), action, entity, entityId, cursor };
};
