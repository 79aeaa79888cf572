import { action } from './action.ts';
import { formOf, id, text } from './form.ts';

/** The actions of a VerificationPanel. @param next the page that it stands on */
export const verificationActions = (next: string) => ({
  sendLink: action({
    call: (api) => api.verification.sendLink.mutate(),
    say: 'We sent you a link. Check your inbox.',
    next,
  }),
  removeDocument: action({
    read: formOf({ id }),
    call: (api, input) => api.verification.removeDocument.mutate(input),
    say: 'File deleted.',
    next,
  }),
  submitDocuments: action({
    read: formOf({ legalName: text, country: text }),
    call: (api, input) => api.verification.submit.mutate(input),
    say: 'Documents submitted.',
    next,
  }),
});
