import {
  DecideVerificationInput,
  EmailLink,
  EmailTokenInput,
  SubmitVerificationInput,
  VerificationQueue,
  VerificationView,
} from '@assay/contract';
import {
  confirmEmail,
  countVerifications,
  decideVerification,
  getEmailLink,
  getVerification,
  listVerifications,
  removeDocument,
  sendEmailLink,
  submitVerification,
} from '@assay/core';
import { z } from 'zod';
import { ById } from './inputs.ts';
import { del, get, mutation, post, query } from './operation.ts';

/** E-mail links and documents. A document itself is a file: rest/documents.ts. */
export const verification = {
  get: query({
    use: getVerification,
    output: VerificationView,
    as: 'user',
    rest: get('/verification', 'What of me is verified, and how far the rest is'),
  }),
  sendLink: mutation({
    use: sendEmailLink,
    as: 'user',
    rest: post('/verification/email', 'Send me another link to confirm my e-mail address', {
      description: 'One a minute and five a day, for each account and to each address.',
      status: 204,
      errors: [409],
    }),
  }),
  /** What a link is good for; asking does not use it up. */
  link: query({ use: getEmailLink, input: EmailTokenInput, output: EmailLink, as: 'anyone' }),
  confirm: mutation({
    use: confirmEmail,
    input: EmailTokenInput,
    as: 'anyone',
    rest: post('/verification/email/confirm', 'Confirm an e-mail address with what its link holds', {
      status: 204,
      countedBy: 'address',
      errors: [422],
    }),
  }),
  removeDocument: mutation({
    use: removeDocument,
    input: ById,
    output: VerificationView,
    as: 'user',
    rest: del('/verification/documents/:id', 'Remove a document that is not handed in yet', { errors: [404] }),
  }),
  submit: mutation({
    use: submitVerification,
    input: SubmitVerificationInput,
    output: VerificationView,
    as: 'user',
    rest: post('/verification/submit', 'Hand my documents in', { errors: [409] }),
  }),
  queue: query({
    use: listVerifications,
    output: VerificationQueue,
    as: 'admin',
    rest: get('/verification/queue', 'Documents that wait for a decision (admins)', { errors: [403] }),
  }),
  count: query({ use: countVerifications, output: z.number(), as: 'admin' }),
  decide: mutation({
    use: decideVerification,
    input: DecideVerificationInput,
    as: 'admin',
    rest: post('/verification/decisions', 'Decide about documents (admins)', {
      description: 'Not about one’s own. The seller gets the decision with its reason.',
      status: 204,
      errors: [403, 404, 409],
    }),
  }),
};
