import { IMPORT_BYTES_MAX, utf16Mark, type ListingImportReport } from '@assay/contract';
import { z } from 'zod';
import { action } from '#lib/server/action.ts';
import { accepted, restText } from '#lib/server/api.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, text } from '#lib/server/form.ts';
import { knownAccount, requireSignIn } from '#lib/server/guards.ts';
import { ownRatings } from '#lib/server/own-store.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  requireSignIn({ locals, url });
  const me = knownAccount(await parent());
  return { ratings: await orError(ownRatings(locals.api, me)) };
};

const NAME_MAX = 200;

const TEXTS = formOf({ csv: text, name: text, format: text, currency: text });
/** With one kind of line break: a form sends each as CR LF, and the API counts one file once. */
const unified = (lines: string): string => lines.replace(/\r\n?/g, '\n');

/** The text of a file in UTF-8, or in UTF-16 with its mark. @throws TypeError where it is neither */
function decoded(bytes: Uint8Array): string {
  return new TextDecoder(utf16Mark(bytes) ?? 'utf-8', { fatal: true }).decode(bytes);
}

/** The chosen file; or its text, which the page carries from the check to the import. */
const ImportForm = z.instanceof(FormData).transform(async (form, ctx) => {
  const refuse = (message: string) => {
    ctx.addIssue({ code: 'custom', path: ['file'], message });
    return z.NEVER;
  };
  const { csv, name, ...chosen } = await TEXTS.parseAsync(form);
  const file = form.get('file');
  if (!(file instanceof File)) return csv ? { csv: unified(csv), name: name.slice(0, NAME_MAX), ...chosen } : refuse('Choose a file.');
  if (file.size === 0) return refuse('Choose a file.');
  if (file.size > IMPORT_BYTES_MAX) return refuse('The file is larger than 5 MB. Split it.');
  try {
    return { csv: unified(decoded(new Uint8Array(await file.arrayBuffer()))), name: file.name.slice(0, NAME_MAX), ...chosen };
  } catch {
    return refuse('The file is not UTF-8. Save it as “CSV UTF-8”.');
  }
});

const importing = (dryRun: boolean) =>
  action({
    read: ImportForm,
    async call(_api, { csv, format, currency }, event) {
      const query = new URLSearchParams({ dryRun: String(dryRun), skipErrors: String(event.url.searchParams.has('skip')) });
      if (format) query.set('format', format);
      if (currency) query.set('currency', currency);
      const answer = await accepted(await restText(event, `/listings/import?${query}`, { type: 'text/csv', text: csv }));
      return (await answer.json()) as ListingImportReport;
    },
    show: ({ input, result }) => ({ report: result, ...input }),
    looks: dryRun,
  });

export const actions = { check: importing(true), take: importing(false) };
