import { PAGES } from '@assay/contract';
import { redirect } from '@sveltejs/kit';
import { restFile } from '#lib/server/api.ts';
import { RestRefusal } from '#lib/server/failures.ts';
import { formOf, optionalText } from '#lib/server/form.ts';
import { idOf, requireSignIn } from '#lib/server/guards.ts';
import { PROOF_FIELDS, withProof } from '#lib/server/owner-proof.ts';
import type { RequestHandler } from './$types';

const FileForm = formOf({ ...PROOF_FIELDS, id: optionalText });

/** A new bank file, or with an id one that was made before; a refusal is said on the page that asked. */
export const POST: RequestHandler = async (event) => {
  requireSignIn(event, PAGES.adminPayouts);
  const { id, ...proof } = FileForm.parse(await event.request.formData());
  const path = id === undefined ? '/payouts/bank-files' : `/payouts/bank-files/${idOf(id) ?? 0}/repeat`;
  try {
    return await restFile(event, path, withProof(proof));
  } catch (thrown) {
    if (!(thrown instanceof RestRefusal)) throw thrown;
    redirect(303, `${PAGES.adminPayouts}?refused=${thrown.problem.code}`);
  }
};
