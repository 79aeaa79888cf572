import { entry } from './entry.ts';

/** Wallets and the other ways in. */
export const WALLET_ERRORS = {
  WRONG_PASSWORD: entry('The current password, which the change asks for, is another one.', 'Ask the person again.'),
  CONFIRMATION_NEEDED: entry(
    'The change needs more than a session: `current`, the current password, or `signed`, a message for the purpose `confirm`.',
    'Ask for the password or for a signature. Where the account has neither, sign in again and repeat it within five minutes.',
  ),
  LAST_WAY_IN: entry('It is the last way to sign in to the account.', 'Offer another wallet, or e-mail and password, first.'),
  WALLETS_OFF: entry(
    'It is not known by which address people reach the pages, so that a signature could be meant for any site.',
    'Offer e-mail and password.',
    'Set `PUBLIC_URL`, and `WALLET_CHAIN_IDS` where it is not Ethereum alone.',
  ),
  WALLET_CHECKSUM: entry(
    'Upper and lower case of the address do not fit (EIP-55): a character is probably wrong.',
    'Take the address from the wallet itself.',
  ),
  WALLET_MESSAGE_INVALID: entry(
    'The message is not one by EIP-4361, or not word for word the one that was given out with its nonce.',
    'Sign `message` of `POST /api/v1/auth/wallet/nonce` as it stands.',
  ),
  WALLET_NOT_FOUND: entry('The wallet is not linked to this account.', 'Read `GET /api/v1/auth/ways-in` again.'),
  WALLET_TAKEN: entry('The wallet is linked to another account.', 'Offer to sign in with it instead.'),
  WALLET_LIMIT: entry('The account has ten wallets.', 'Offer to unlink one.'),
  WALLET_NONCE_USED: entry('The message was sent before: each is good for once.', 'Ask for a new message and have it signed.'),
  WALLET_NONCE_UNKNOWN: entry(
    'The nonce was never given out, or is forgotten since it expired.',
    'Ask for a new message and have it signed.',
  ),
  WALLET_WRONG_DOMAIN: entry(
    'The message names another site: another site had it signed.',
    'Start again on our own page.',
    'From all accounts at once: `PUBLIC_URL` is not the address that people use.',
  ),
  WALLET_WRONG_CHAIN: entry('The wallet is on a network that is not in `WALLET_CHAIN_IDS`.', 'Ask the wallet to switch.'),
  WALLET_WRONG_PURPOSE: entry(
    'The message was made for signing in and used for linking, the other way round, or for another session.',
    'Ask for a message with the purpose that is meant.',
  ),
  WALLET_EXPIRED: entry('It was signed later than `WALLET_SIGNATURE_TIMEOUT` seconds after it was given out.', 'Ask for a new message.'),
  WALLET_NOT_YET_VALID: entry('The message says that it is good from a later moment on.', 'Ask for a new message.'),
  WALLET_WRONG_SIGNATURE: entry(
    'Neither the key of the address has signed this message, nor does the contract there accept the signature.',
    'Have the account sign that the message names.',
  ),
  WALLET_CONTRACT_UNSUPPORTED: entry(
    'The signature is none of a key, and no node is known that could be asked about the contract.',
    'Offer a wallet with a key of its own, or e-mail and password.',
    'Set `WALLET_RPC_URL` for the network.',
  ),
  WALLET_NOT_CHECKED: entry(
    'The node that is asked about contract wallets did not answer in time.',
    'Repeat it after a moment; the message is still good.',
    'Look at the node in `WALLET_RPC_URL`.',
  ),
};
