import { PAGES } from '@assay/contract';
import { redirect } from '@sveltejs/kit';
import { restFile } from '#lib/server/api.ts';
import { RestRefusal } from '#lib/server/failures.ts';
import { formOf } from '#lib/server/form.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import { PROOF_FIELDS, withProof } from '#lib/server/owner-proof.ts';
import type { RequestHandler } from './$types';

const Proof = formOf(PROOF_FIELDS);

/** The data of the account as a file; a refusal is said on the page that asked. */
export const POST: RequestHandler = async (event) => {
  requireSignIn(event, PAGES.accountData);
  const proof = Proof.parse(await event.request.formData());
  try {
    return await restFile(event, '/auth/account/export', withProof(proof));
  } catch (thrown) {
    if (!(thrown instanceof RestRefusal)) throw thrown;
    redirect(303, `${PAGES.accountData}?refused=${thrown.problem.code}`);
  }
};
