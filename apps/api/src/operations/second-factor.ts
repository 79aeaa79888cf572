import { OwnerProof, RecoveryCodes, SecondFactorCodeInput, SecondFactorView } from '@assay/contract';
import { beginSetUp, confirmSetUp, disableSecondFactor, getSecondFactor, renewRecoveryCodes } from '@assay/core';
import { PROOF } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

/**
 * Two-step verification of my account. A sign-in is completed with a code in rest/sessions.ts, where cookies are set. What carries a
 * password or answers with secrets keeps no record of its request and answer.
 */
export const secondFactor = {
  get: query({
    use: getSecondFactor,
    output: SecondFactorView,
    as: 'user',
    rest: get('/auth/second-factor', 'Two-step verification of my account'),
  }),
  begin: mutation({
    use: beginSetUp,
    input: OwnerProof,
    output: SecondFactorView,
    as: 'user',
    once: false,
    rest: post('/auth/second-factor/begin', 'Begin to set an authenticator app up', {
      description: `The answer has its secret, for this session and 15 minutes. ${PROOF}`,
      errors: [403, 409, 422, 503],
    }),
  }),
  confirm: mutation({
    use: confirmSetUp,
    input: SecondFactorCodeInput,
    output: RecoveryCodes,
    as: 'user',
    once: false,
    rest: post('/auth/second-factor/confirm', 'Turn two-step verification on with a code of the app', {
      description: 'The answer has ten recovery codes, this once. My other devices are signed out.',
      errors: [403, 409],
    }),
  }),
  disable: mutation({
    use: disableSecondFactor,
    input: OwnerProof,
    as: 'user',
    once: false,
    rest: post('/auth/second-factor/disable', 'Turn two-step verification off', {
      description: PROOF,
      status: 204,
      errors: [403, 409, 422, 503],
    }),
  }),
  recoveryCodes: mutation({
    use: renewRecoveryCodes,
    input: OwnerProof,
    output: RecoveryCodes,
    as: 'user',
    once: false,
    rest: post('/auth/second-factor/recovery-codes', 'Get new recovery codes in place of all before', {
      description: PROOF,
      errors: [403, 409, 422, 503],
    }),
  }),
};
