import { IMPORT_BYTES_MAX, type ListingImportReport, type Problem } from '@assay/contract';
import { fail, type RequestEvent } from '@sveltejs/kit';
import { restText } from '#lib/server/api.ts';
import { textOf } from '#lib/server/form.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => requireSignIn({ locals, url });

const refused = (status: number, message: string) => fail(status, { message, report: null, csv: '', name: '' });

/** The file that was chosen, or its text, which the page carries from looking to taking. */
async function fileOf(form: FormData): Promise<{ csv: string; name: string } | null> {
  const file = form.get('file');
  if (!(file instanceof File)) return textOf(form, 'csv') ? { csv: textOf(form, 'csv'), name: textOf(form, 'name').slice(0, 200) } : null;
  if (file.size === 0) return null;
  const bytes = await file.arrayBuffer();
  try {
    return { csv: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), name: file.name.slice(0, 200) };
  } catch {
    return { csv: '', name: file.name.slice(0, 200) };
  }
}

async function send(event: RequestEvent, query: string) {
  requireSignIn(event);
  const form = await event.request.formData();
  const file = await fileOf(form);
  if (!file) return refused(400, 'Choose a file.');
  if (file.csv === '') return refused(400, 'The file is not in UTF-8. Save it as “CSV UTF-8”.');
  if (Buffer.byteLength(file.csv) > IMPORT_BYTES_MAX) return refused(413, 'A file has at most 5 MB. Cut it in parts.');
  const answer = await restText(event, `/listings/import?${query}`, { type: 'text/csv', text: file.csv });
  if (answer.status !== 200) {
    const { status, detail, errors } = (await answer.json()) as Problem;
    return refused(status, errors?.[0]?.message ?? detail);
  }
  return { message: '', report: (await answer.json()) as ListingImportReport, ...file };
}

export const actions: Actions = {
  check: (event) => send(event, 'dryRun=true'),
  take: async (event) => {
    const skip = event.url.searchParams.has('skip');
    return send(event, `dryRun=false&skipErrors=${skip}`);
  },
};
