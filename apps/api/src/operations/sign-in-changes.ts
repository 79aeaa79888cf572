import {
  ChangeEmailInput,
  EmailChanged,
  EmailChangeLink,
  EmailTokenInput,
  OpenEmailChange,
  PasswordReset,
  ResetPasswordInput,
} from '@assay/contract';
import {
  confirmEmailChange,
  getEmailChange,
  getOpenEmailChange,
  getPasswordReset,
  refuseEmailChange,
  requestEmailChange,
  resetPassword,
} from '@assay/core';
import { get, mutation, post, query } from './operation.ts';

/** New passwords and addresses by links in e-mails. A reset is asked for in rest/sessions.ts: it counts for an address of the network. */
export const signInChanges = {
  reset: query({ use: getPasswordReset, input: EmailTokenInput, output: PasswordReset, as: 'anyone' }),
  resetPassword: mutation({
    use: resetPassword,
    input: ResetPasswordInput,
    as: 'anyone',
    once: false,
    rest: post('/auth/password/reset/confirm', 'Set a new password with what a link holds', {
      description: 'The link is good once, for 30 minutes. All sessions of the account end.',
      status: 204,
      countedBy: 'address',
      errors: [422],
    }),
  }),
  requestEmail: mutation({
    use: requestEmailChange,
    input: ChangeEmailInput,
    as: 'user',
    once: false,
    rest: post('/auth/email', 'Change my e-mail address', {
      description:
        'A link goes to the new address and, where it was confirmed, to the old one. The address changes once both have confirmed. One change a minute and five a day, for each account and to each address.',
      status: 204,
      errors: [403, 409, 422, 503],
    }),
  }),
  openEmail: query({
    use: getOpenEmailChange,
    output: OpenEmailChange,
    as: 'user',
    rest: get('/auth/email', 'The address that my account is about to get'),
  }),
  /** What a link is good for; asking does not use it up. */
  emailLink: query({ use: getEmailChange, input: EmailTokenInput, output: EmailChangeLink, as: 'anyone' }),
  confirmEmail: mutation({
    use: confirmEmailChange,
    input: EmailTokenInput,
    output: EmailChanged,
    as: 'anyone',
    rest: post('/auth/email/confirm', 'Confirm a change of address with what its link holds', { countedBy: 'address', errors: [422] }),
  }),
  refuseEmail: mutation({
    use: refuseEmailChange,
    input: EmailTokenInput,
    as: 'anyone',
    rest: post('/auth/email/refuse', 'Refuse a change of address, by the link to the old one', {
      status: 204,
      countedBy: 'address',
      errors: [422],
    }),
  }),
};
