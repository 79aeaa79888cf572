import type { RequestEvent } from '@sveltejs/kit';
import { act } from './act.ts';
import { textOf } from './form.ts';
import { idOf } from './guards.ts';

/** What the forms of a VerificationPanel do. @param next the page that it stands on */
export const verificationActions = (next: string) => ({
  sendLink: (event: RequestEvent) =>
    act(event, {
      call: () => event.locals.api.verification.sendLink.mutate(),
      done: 'A link is on its way. Look into your mailbox.',
      next,
    }),
  removePaper: (event: RequestEvent) =>
    act(event, {
      call: (form) => event.locals.api.verification.removeDocument.mutate({ id: idOf(form.get('id')) ?? 0 }), // 0 is no id: the API refuses it
      done: 'The file is deleted.',
      next,
    }),
  submitPapers: (event: RequestEvent) =>
    act(event, {
      call: (form) =>
        event.locals.api.verification.submit.mutate({ legalName: textOf(form, 'legalName'), country: textOf(form, 'country') }),
      done: 'Your papers are handed in.',
      next,
    }),
});
