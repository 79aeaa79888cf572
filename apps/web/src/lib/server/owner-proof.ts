import { optionalText } from './form.ts';

/** The fields of OwnerProofFields: the current password, or what a linked wallet has signed. */
export const PROOF_FIELDS = { current: optionalText, signedMessage: optionalText, signature: optionalText };

interface ProofFields {
  current?: string | undefined;
  signedMessage?: string | undefined;
  signature?: string | undefined;
}

/** The same input with the proof as the API takes it. */
export function withProof<I extends ProofFields>({ signedMessage, signature, ...input }: I) {
  return { ...input, signed: signedMessage && signature ? { message: signedMessage, signature } : undefined };
}
