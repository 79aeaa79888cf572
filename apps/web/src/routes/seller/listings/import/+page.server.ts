import { IMPORT_BYTES_MAX, type ListingImportReport } from '@assay/contract';
import { z } from 'zod';
import { action } from '#lib/server/action.ts';
import { accepted, restText } from '#lib/server/api.ts';
import { requireSignIn } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => requireSignIn({ locals, url });

const NAME_MAX = 200;

/** The chosen file; or its text, which the page carries from the check to the import. */
const ImportForm = z.instanceof(FormData).transform(async (form, ctx) => {
  const refuse = (message: string) => {
    ctx.addIssue({ code: 'custom', path: ['file'], message });
    return z.NEVER;
  };
  const [file, csv, name] = ['file', 'csv', 'name'].map((field) => form.get(field) ?? '');
  if (!(file instanceof File))
    return typeof csv === 'string' && typeof name === 'string' && csv ? { csv, name: name.slice(0, NAME_MAX) } : refuse('Choose a file.');
  if (file.size === 0) return refuse('Choose a file.');
  if (file.size > IMPORT_BYTES_MAX) return refuse('The file is larger than 5 MB. Split it.');
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
    return { csv: text, name: file.name.slice(0, NAME_MAX) };
  } catch {
    return refuse('The file is not UTF-8. Save it as “CSV UTF-8”.');
  }
});

const importing = (dryRun: boolean) =>
  action({
    read: ImportForm,
    async call(_api, { csv }, event) {
      const skipErrors = event.url.searchParams.has('skip');
      const address = `/listings/import?dryRun=${dryRun}&skipErrors=${skipErrors}`;
      return (await (await accepted(await restText(event, address, { type: 'text/csv', text: csv }))).json()) as ListingImportReport;
    },
    show: ({ input, result }) => ({ report: result, ...input }),
    looks: dryRun,
  });

export const actions = { check: importing(true), take: importing(false) };
