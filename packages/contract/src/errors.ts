/** tRPC's own name for a status; kept here as text so that the contract depends on nothing. */
type TrpcCode =
  | 'BAD_REQUEST'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'METHOD_NOT_SUPPORTED'
  | 'CONFLICT'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'UNPROCESSABLE_CONTENT'
  | 'TOO_MANY_REQUESTS'
  | 'INTERNAL_SERVER_ERROR'
  | 'SERVICE_UNAVAILABLE';

interface ErrorKind {
  status: number;
  trpc: TrpcCode;
  /** Exit code of a command that ends with it: 1 the data or the state refused, 2 the call was wrong. */
  exit: 1 | 2;
  /** What happened and what to do, for people. */
  message: string;
}

const kind = (status: number, trpc: TrpcCode, message: string, exit: 1 | 2 = 1): ErrorKind => ({ status, trpc, message, exit });

/** Every error that leaves the product. One table for HTTP, tRPC and commands. */
export const ERRORS = {
  VALIDATION_FAILED: kind(400, 'BAD_REQUEST', 'Some of what was sent is not valid. Each field says why.', 2),
  MALFORMED_JSON: kind(400, 'BAD_REQUEST', 'The body is not valid JSON.', 2),
  BAD_REQUEST: kind(400, 'BAD_REQUEST', 'This request is not one that the server understands.', 2),
  INVALID_CURSOR: kind(400, 'BAD_REQUEST', 'This cursor does not belong to this list. Start again without it.', 2),
  WALLET_CHECKSUM: kind(400, 'BAD_REQUEST', 'The letters of this wallet address do not fit its checksum. Copy it again.', 2),
  WALLET_MESSAGE_INVALID: kind(400, 'BAD_REQUEST', 'This is not a message as we asked your wallet to sign. Start again.', 2),
  UNAUTHENTICATED: kind(401, 'UNAUTHORIZED', 'Sign in to do this.'),
  INVALID_CREDENTIALS: kind(401, 'UNAUTHORIZED', 'E-mail or password is wrong.'),
  SESSION_ENDED: kind(401, 'UNAUTHORIZED', 'This session has ended. Sign in again.'),
  CSRF_FAILED: kind(403, 'FORBIDDEN', 'This request did not come from our own pages. Reload the page and try again.'),
  FORBIDDEN: kind(403, 'FORBIDDEN', 'This is not yours to do.'),
  WRONG_PASSWORD: kind(403, 'FORBIDDEN', 'This is not your current password.'),
  WALLETS_OFF: kind(403, 'FORBIDDEN', 'Signing in with a wallet is not set up here. Use e-mail and password.'),
  OWN_VERIFICATION: kind(403, 'FORBIDDEN', 'These are your own papers. Another admin decides about them.'),
  PAYOUT_NOT_SET_UP: kind(403, 'FORBIDDEN', 'Payout details cannot be kept here yet: the operator has not set it up.'),
  NO_COMPLETED_ORDER: kind(403, 'FORBIDDEN', 'You can rate a seller after an order with them is completed.'),
  OWN_STORE: kind(403, 'FORBIDDEN', 'You cannot rate yourself.'),
  OWN_REPORT: kind(403, 'FORBIDDEN', 'You cannot report your own rating. You can change it or take it back.'),
  OWN_LISTING: kind(403, 'FORBIDDEN', 'You cannot buy from yourself.'),
  OWN_FOLLOW: kind(403, 'FORBIDDEN', 'You cannot follow your own store.'),
  OWN_RATING: kind(403, 'FORBIDDEN', 'You cannot call your own rating helpful, nor one about you.'),
  NOT_FOUND: kind(404, 'NOT_FOUND', 'There is nothing here.'),
  RATINGS_OFF: kind(404, 'NOT_FOUND', 'Ratings are not switched on for you.'),
  ROLLOUT_NOT_FOUND: kind(404, 'NOT_FOUND', 'There is no such rollout.'),
  FLAG_CHANGE_NOT_FOUND: kind(404, 'NOT_FOUND', 'There is no such change to undo.'),
  SELLER_NOT_FOUND: kind(404, 'NOT_FOUND', 'There is no such seller.'),
  RATING_NOT_FOUND: kind(404, 'NOT_FOUND', 'There is no such rating. It may have been withdrawn.'),
  DECISION_NOT_FOUND: kind(404, 'NOT_FOUND', 'There is no such decision about a rating of yours.'),
  ALERT_NOT_FOUND: kind(404, 'NOT_FOUND', 'There is no such alert, or it is closed.'),
  TASK_NOT_FOUND: kind(404, 'NOT_FOUND', 'There is no such dead task. It may have been retried.'),
  LISTING_NOT_FOUND: kind(404, 'NOT_FOUND', 'There is no such listing.'),
  CATEGORY_NOT_FOUND: kind(404, 'NOT_FOUND', 'There is no such category.'),
  ORDER_NOT_FOUND: kind(404, 'NOT_FOUND', 'There is no such order among yours.'),
  SESSION_NOT_FOUND: kind(404, 'NOT_FOUND', 'There is no such session among yours.'),
  WALLET_NOT_FOUND: kind(404, 'NOT_FOUND', 'There is no such wallet on your account.'),
  IMAGE_NOT_FOUND: kind(404, 'NOT_FOUND', 'There is no such image among yours.'),
  VERIFICATION_NOT_FOUND: kind(404, 'NOT_FOUND', 'There are no such papers.'),
  DOCUMENT_NOT_FOUND: kind(404, 'NOT_FOUND', 'There is no such file. It may have been removed.'),
  METHOD_NOT_ALLOWED: kind(405, 'METHOD_NOT_SUPPORTED', 'This address does not answer to that method.', 2),
  ALREADY_RATED: kind(
    409,
    'CONFLICT',
    'You have rated this seller already. You can change that rating, or rate again after another purchase.',
  ),
  ALREADY_REPORTED: kind(409, 'CONFLICT', 'You have reported this rating already. A moderator will look at it.'),
  ALREADY_APPEALED: kind(409, 'CONFLICT', 'There is an appeal against this decision already.'),
  APPEAL_CLOSED: kind(409, 'CONFLICT', 'This decision cannot be appealed: it is older than 30 days, or another one has followed.'),
  RATING_STRUCK: kind(409, 'CONFLICT', 'Your rating of this seller was struck out. You can appeal, or rate again after another purchase.'),
  EMAIL_MISSING: kind(409, 'CONFLICT', 'Your account has no e-mail address. Add one first.'),
  EMAIL_ALREADY_VERIFIED: kind(409, 'CONFLICT', 'Your e-mail address is confirmed already.'),
  EMAIL_TAKEN: kind(409, 'CONFLICT', 'There is an account with this e-mail already. Sign in instead.'),
  WALLET_TAKEN: kind(409, 'CONFLICT', 'This wallet belongs to another account. Unlink it there first, or sign in with it.'),
  WALLET_LIMIT: kind(409, 'CONFLICT', 'An account has at most ten wallets. Unlink one first.'),
  WALLET_NONCE_USED: kind(409, 'CONFLICT', 'This signature was used already. Sign a new message.'),
  LAST_WAY_IN: kind(409, 'CONFLICT', 'This is the only way into your account. Add another one before you take it away.'),
  TOO_MANY_DOCUMENTS: kind(409, 'CONFLICT', 'Five files are the most. Take one out first.'),
  VERIFICATION_CLOSED: kind(409, 'CONFLICT', 'Your papers are being looked at, or were accepted. They cannot be changed now.'),
  VERIFICATION_DECIDED: kind(409, 'CONFLICT', 'Somebody else has decided about these papers meanwhile.'),
  ONBOARDING_INCOMPLETE: kind(409, 'CONFLICT', 'Your store needs a name first.'),
  ONBOARDING_STEP_NEEDED: kind(409, 'CONFLICT', 'This step cannot be left for later.'),
  ILLEGAL_MOVE: kind(409, 'CONFLICT', 'The order is not in a state that allows this.'),
  LISTING_NOT_FOR_SALE: kind(409, 'CONFLICT', 'This listing is not for sale at the moment.'),
  EDIT_CONFLICT: kind(409, 'CONFLICT', 'It was changed by somebody else at the same time. Look at it again.'),
  TOO_MANY_IMAGES: kind(409, 'CONFLICT', 'There is no room for another image here. Remove one first.'),
  IMAGE_QUOTA_REACHED: kind(409, 'CONFLICT', 'You have stored as many images as you may. Delete some that you do not need.'),
  ILLEGAL_LISTING_MOVE: kind(409, 'CONFLICT', 'The listing is not in a state that allows this.'),
  LISTING_WAS_PUBLISHED: kind(409, 'CONFLICT', 'Only a draft that was never published can be deleted. Archive it instead.'),
  CATEGORY_EXISTS: kind(409, 'CONFLICT', 'There is a category with this name here already.'),
  IMAGE_WRONG_PURPOSE: kind(409, 'CONFLICT', 'This image was uploaded for another place. Upload it again for this one.'),
  IDEMPOTENCY_IN_FLIGHT: kind(409, 'CONFLICT', 'A request with this Idempotency-Key is still being worked on. Try again in a moment.'),
  ROLLOUT_UNDER_WAY: kind(409, 'CONFLICT', 'This flag is being rolled out already. Stop that rollout first.'),
  ROLLOUT_NOT_POSSIBLE: kind(409, 'CONFLICT', 'This flag is off, or everybody has it already: there is nothing to roll out.'),
  FLAG_CHANGED_SINCE: kind(409, 'CONFLICT', 'The flag was changed again after that. Undo the later change first.'),
  PAYLOAD_TOO_LARGE: kind(413, 'PAYLOAD_TOO_LARGE', 'This is too large to accept.'),
  IMAGE_TOO_LARGE: kind(413, 'PAYLOAD_TOO_LARGE', 'This file is too large. Choose a smaller one, or save it with a lower quality.'),
  IMAGE_TYPE_UNSUPPORTED: kind(
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    'This file is not a picture that we can show. JPEG, PNG, WebP, AVIF and GIF are, whatever their names are.',
  ),
  DOCUMENT_TYPE_UNSUPPORTED: kind(415, 'UNSUPPORTED_MEDIA_TYPE', 'This file is no PDF, JPEG, PNG or WebP, whatever its name is.'),
  UNSUPPORTED_MEDIA_TYPE: kind(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.', 2),
  LISTING_INCOMPLETE: kind(422, 'UNPROCESSABLE_CONTENT', 'Something is missing before this can be for sale. Each field says what.'),
  IDEMPOTENCY_MISMATCH: kind(422, 'UNPROCESSABLE_CONTENT', 'This Idempotency-Key was used for another request.'),
  EMAIL_LINK_INVALID: kind(
    422,
    'UNPROCESSABLE_CONTENT',
    'This link is not good any more: it was used, is older than 24 hours, or was sent to another address.',
  ),
  WALLET_WRONG_DOMAIN: kind(422, 'UNPROCESSABLE_CONTENT', 'This message was signed for another site. Start again on our own page.'),
  WALLET_WRONG_CHAIN: kind(
    422,
    'UNPROCESSABLE_CONTENT',
    'Your wallet is on another network than this account takes. Switch it and try again.',
  ),
  WALLET_WRONG_PURPOSE: kind(
    422,
    'UNPROCESSABLE_CONTENT',
    'This message was made for another purpose, or for another session. Start again.',
  ),
  WALLET_EXPIRED: kind(422, 'UNPROCESSABLE_CONTENT', 'The time to sign this message is over. Start again.'),
  WALLET_NOT_YET_VALID: kind(422, 'UNPROCESSABLE_CONTENT', 'This message is not valid yet. Check the clock of your device.'),
  WALLET_NONCE_UNKNOWN: kind(422, 'UNPROCESSABLE_CONTENT', 'We did not ask for this signature, or long ago. Start again.'),
  WALLET_WRONG_SIGNATURE: kind(422, 'UNPROCESSABLE_CONTENT', 'This was not signed by the wallet that the message names.'),
  WALLET_CONTRACT_UNSUPPORTED: kind(
    422,
    'UNPROCESSABLE_CONTENT',
    'A contract wallet on this network cannot be checked here. Use a wallet with a key of its own.',
  ),
  IMAGE_BROKEN: kind(
    422,
    'UNPROCESSABLE_CONTENT',
    'This picture is damaged: a part of the file is missing or wrong. Save or export it again.',
  ),
  IMAGE_TOO_MANY_PIXELS: kind(
    422,
    'UNPROCESSABLE_CONTENT',
    'This picture has too many pixels. Make it smaller: 12,000 a side and 50 million in all are the most.',
  ),
  IMAGE_TOO_SMALL: kind(422, 'UNPROCESSABLE_CONTENT', 'This picture is too small to be shown: 16 pixels a side are the least.'),
  IMAGE_UNPROCESSABLE: kind(
    422,
    'UNPROCESSABLE_CONTENT',
    'We could not make this picture ready to be shown. Save it as a JPEG and try again.',
  ),
  ACCENT_UNREADABLE: kind(
    422,
    'UNPROCESSABLE_CONTENT',
    'This colour is too light or too dark to be read in both themes. Take the nearest one that can.',
  ),
  EMAIL_LINK_LIMIT: kind(
    429,
    'TOO_MANY_REQUESTS',
    'We have sent links to this address already. Look into your mailbox, at the junk too, or wait a while.',
  ),
  VERIFICATION_LIMIT: kind(429, 'TOO_MANY_REQUESTS', 'You have handed in papers several times this month. Try again later.'),
  ACCOUNT_LOCKED: kind(429, 'TOO_MANY_REQUESTS', 'Too many wrong passwords. This account is locked for a while; try again later.'),
  RATE_LIMITED: kind(429, 'TOO_MANY_REQUESTS', 'Too many requests. Wait a moment and try again.'),
  INTERNAL: kind(
    500,
    'INTERNAL_SERVER_ERROR',
    'Something went wrong on our side. Nothing was changed. Try again; if it stays, tell us the request id.',
  ),
  UNAVAILABLE: kind(503, 'SERVICE_UNAVAILABLE', 'The service is not answering. Try again in a moment.'),
  WALLET_NOT_CHECKED: kind(503, 'SERVICE_UNAVAILABLE', 'The network that knows this wallet does not answer. Try again in a moment.'),
  BUSY: kind(503, 'SERVICE_UNAVAILABLE', 'We are very busy. Nothing was changed. Try again in a moment.'),
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

/** What is wrong with one field of the input. */
export interface FieldError {
  /** Path of the field, joined by dots: "address.city". Empty for the input as a whole. */
  field: string;
  message: string;
}
