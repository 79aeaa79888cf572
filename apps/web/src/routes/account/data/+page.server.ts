import { ERRORS, type ErrorCode } from '@assay/contract';
import { orError } from '#lib/server/failures.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  requireSignIn({ locals, url });
  const refusal = url.searchParams.get('refused') ?? '';
  const message = Object.hasOwn(ERRORS, refusal) ? ERRORS[refusal as ErrorCode].message : null;
  return { ways: await orError(locals.api.wallets.waysIn.query()), message };
};
