interface ErrorKind<Status extends number = number> {
  status: Status;
  /** Exit code of a command that ends with it: 1 the data or the state refused, 2 the call was wrong. */
  exit: 1 | 2;
  /** What happened and what to do, for people. */
  message: string;
}

const kind = <Status extends number>(status: Status, message: string, exit: 1 | 2 = 1): ErrorKind<Status> => ({ status, message, exit });

/** Every error that leaves the product. One table for HTTP, tRPC and commands. */
export const ERRORS = {
  VALIDATION_FAILED: kind(400, 'Some fields are not valid. Each says why.', 2),
  MALFORMED_JSON: kind(400, 'The body is not valid JSON.', 2),
  BAD_REQUEST: kind(400, 'The server does not understand this request.', 2),
  INVALID_CURSOR: kind(400, 'This cursor belongs to another list. Start again without it.', 2),
  WALLET_CHECKSUM: kind(400, 'This wallet address has a typing error. Copy it again.', 2),
  WALLET_MESSAGE_INVALID: kind(400, 'This is not the message that we asked your wallet to sign. Start again.', 2),
  UNAUTHENTICATED: kind(401, 'Sign in to do this.'),
  INVALID_CREDENTIALS: kind(401, 'Wrong e-mail or password.'),
  SIGN_IN_CHALLENGE_ENDED: kind(401, 'Signing in took too long. Start again.'),
  SESSION_ENDED: kind(401, 'You were signed out. Sign in again.'),
  CSRF_FAILED: kind(403, 'We could not verify this request. Reload the page and try again.'),
  FORBIDDEN: kind(403, 'You don’t have permission to do this.'),
  ACCOUNT_DISABLED: kind(403, 'This account is disabled. Contact us.'),
  CONFIRMATION_NEEDED: kind(403, 'Confirm that it is you: enter your current password, or sign with a linked wallet.'),
  WRONG_PASSWORD: kind(403, 'Your current password is wrong.'),
  WRONG_CODE: kind(403, 'This code is wrong or was already used. Enter the newest one.'),
  SECOND_FACTOR_REQUIRED: kind(403, 'Your role needs two-step verification. Set it up, or sign in with it.'),
  SECOND_FACTOR_NOT_SET_UP: kind(403, 'Authenticator apps cannot be used on this site yet.'),
  WALLETS_OFF: kind(403, 'Wallet sign-in is not available here. Use e-mail and password.'),
  OWN_VERIFICATION: kind(403, 'You cannot review your own documents. Another admin has to.'),
  OWN_CASE: kind(403, 'You gave, received or reported this rating. Another admin has to decide about it.'),
  OWN_DECISION: kind(403, 'This is about an appeal against your own decision. Another admin has to decide.'),
  PAYOUT_NOT_SET_UP: kind(403, 'Payout details cannot be saved yet: this site has not set up payouts.'),
  NO_COMPLETED_ORDER: kind(403, 'You can rate this seller after you complete an order with them.'),
  OWN_ACCOUNT: kind(403, 'You cannot do this to your own account. Another admin has to.'),
  OWN_STORE: kind(403, 'You cannot rate yourself.'),
  OWN_REPORT: kind(403, 'You cannot report your own rating. Edit or withdraw it instead.'),
  OWN_LISTING: kind(403, 'You cannot buy your own listing.'),
  STORE_CLOSED: kind(409, 'This store is closed for vacation. Come back when it opens again.'),
  OWN_FOLLOW: kind(403, 'You cannot follow your own store.'),
  OWN_RATING: kind(403, 'You cannot mark your own rating, or one about you, as helpful.'),
  NOT_FOUND: kind(404, 'Not found.'),
  RATINGS_OFF: kind(404, 'Ratings are not available for you.'),
  ROLLOUT_NOT_FOUND: kind(404, 'Rollout not found.'),
  FLAG_CHANGE_NOT_FOUND: kind(404, 'There is no change to undo.'),
  SELLER_NOT_FOUND: kind(404, 'Seller not found.'),
  RATING_NOT_FOUND: kind(404, 'Rating not found. It may have been withdrawn.'),
  DECISION_NOT_FOUND: kind(404, 'Decision not found.'),
  ALERT_NOT_FOUND: kind(404, 'Alert not found, or already closed.'),
  TASK_NOT_FOUND: kind(404, 'There is no such failed task. It may have been retried.'),
  LISTING_NOT_FOUND: kind(404, 'Listing not found.'),
  CATEGORY_NOT_FOUND: kind(404, 'Category not found.'),
  ORDER_NOT_FOUND: kind(404, 'Order not found.'),
  SESSION_NOT_FOUND: kind(404, 'Session not found.'),
  WALLET_NOT_FOUND: kind(404, 'This wallet is not linked to your account.'),
  IMAGE_NOT_FOUND: kind(404, 'Image not found.'),
  VERIFICATION_NOT_FOUND: kind(404, 'Documents not found.'),
  DOCUMENT_NOT_FOUND: kind(404, 'Document not found. It may have been removed.'),
  REQUEST_TIMEOUT: kind(408, 'This took too long to arrive. Check your connection and try again.'),
  METHOD_NOT_ALLOWED: kind(405, 'This address does not support that method.', 2),
  ALREADY_RATED: kind(409, 'You already rated this seller. Edit your rating, or rate again after your next purchase.'),
  ALREADY_REPORTED: kind(409, 'You already reported this rating. A moderator will review it.'),
  ALREADY_APPEALED: kind(409, 'This decision was already appealed.'),
  APPEAL_CLOSED: kind(409, 'This decision can no longer be appealed: it is older than 30 days, or was replaced.'),
  RATING_STRUCK: kind(409, 'A moderator removed your rating of this seller. Appeal, or rate again after your next purchase.'),
  EMAIL_MISSING: kind(409, 'Your account has no e-mail address. Add one first.'),
  EMAIL_NOT_VERIFIED: kind(409, 'The e-mail address of this account is not confirmed yet.'),
  EMAIL_ALREADY_VERIFIED: kind(409, 'Your e-mail address is already confirmed.'),
  WALLET_TAKEN: kind(409, 'This wallet is linked to another account. Unlink it there first, or sign in with it.'),
  WALLET_LIMIT: kind(409, 'You can link up to ten wallets. Unlink one first.'),
  WALLET_NONCE_USED: kind(409, 'This signature was already used. Sign a new message.'),
  LAST_WAY_IN: kind(409, 'This is your only way to sign in. Add another one first.'),
  SECOND_FACTOR_ON: kind(409, 'Two-step verification is already on.'),
  SECOND_FACTOR_OFF: kind(409, 'Two-step verification is off.'),
  SET_UP_ENDED: kind(409, 'The set-up took too long. Start again.'),
  TOO_MANY_DOCUMENTS: kind(409, 'You can add up to five documents. Remove one first.'),
  VERIFICATION_CLOSED: kind(409, 'Your documents are in review or accepted, and cannot be changed.'),
  VERIFICATION_DECIDED: kind(409, 'Another admin already decided about these documents.'),
  ONBOARDING_INCOMPLETE: kind(409, 'Give your store a name first.'),
  ONBOARDING_STEP_NEEDED: kind(409, 'This step cannot be skipped.'),
  ILLEGAL_MOVE: kind(409, 'This is not possible in the order’s current state.'),
  LISTING_SOLD: kind(409, 'Another buyer paid for this listing first. You were not charged.'),
  LISTING_NOT_FOR_SALE: kind(409, 'This listing is not available right now.'),
  EDIT_CONFLICT: kind(409, 'This was changed in the meantime. Reload the page and try again.'),
  TOO_MANY_IMAGES: kind(409, 'There is no room for another image. Remove one first.'),
  LISTING_LIMIT: kind(409, 'You have as many listings as a seller can have. Archive some first.'),
  IMAGE_QUOTA_REACHED: kind(409, 'You reached your image limit. Delete some images first.'),
  ILLEGAL_LISTING_MOVE: kind(409, 'This is not possible in the listing’s current state.'),
  LISTING_WAS_PUBLISHED: kind(409, 'Only drafts that were never published can be deleted. Archive it instead.'),
  CATEGORY_EXISTS: kind(409, 'A category with this name already exists here.'),
  IMAGE_WRONG_PURPOSE: kind(409, 'This image was uploaded for another place. Upload it again here.'),
  IDEMPOTENCY_IN_FLIGHT: kind(409, 'This request is still being processed. Try again in a moment.'),
  ROLLOUT_UNDER_WAY: kind(409, 'This flag is already being rolled out. Stop that rollout first.'),
  ROLLOUT_NOT_POSSIBLE: kind(409, 'This flag is off or already on for everyone: there is nothing to roll out.'),
  FLAG_CHANGED_SINCE: kind(409, 'The flag was changed again later. Undo that change first.'),
  PAYLOAD_TOO_LARGE: kind(413, 'This is too large.'),
  IMAGE_TOO_LARGE: kind(413, 'This file is too large. Choose a smaller one.'),
  IMAGE_TYPE_UNSUPPORTED: kind(415, 'This file is not a JPEG, PNG, WebP, AVIF or GIF image.'),
  DOCUMENT_TYPE_UNSUPPORTED: kind(415, 'This file is not a PDF, JPEG, PNG or WebP.'),
  UNSUPPORTED_MEDIA_TYPE: kind(415, 'Send the body as application/json.', 2),
  LISTING_INCOMPLETE: kind(422, 'Complete the listing before you publish it. Each field says what is missing.'),
  IDEMPOTENCY_MISMATCH: kind(422, 'This Idempotency-Key was used for a different request.'),
  RESET_LINK_INVALID: kind(422, 'This link has expired or was already used. Ask for a new one.'),
  EMAIL_LINK_INVALID: kind(422, 'This link has expired or was already used. Request a new one.'),
  WALLET_WRONG_DOMAIN: kind(422, 'This message was signed for another site. Start again here.'),
  WALLET_WRONG_CHAIN: kind(422, 'Your wallet is on a network that we do not support. Switch it and try again.'),
  WALLET_WRONG_PURPOSE: kind(422, 'This message was signed for another purpose or session. Start again.'),
  WALLET_EXPIRED: kind(422, 'The time to sign has run out. Start again.'),
  WALLET_NOT_YET_VALID: kind(422, 'This message is not valid yet. Check the clock of your device.'),
  WALLET_NONCE_UNKNOWN: kind(422, 'This signature request is unknown or too old. Start again.'),
  WALLET_WRONG_SIGNATURE: kind(422, 'The signature is not from the wallet in the message.'),
  WALLET_CONTRACT_UNSUPPORTED: kind(422, 'Contract wallets on this network are not supported. Use another wallet.'),
  IMAGE_BROKEN: kind(422, 'This image is damaged. Save or export it again.'),
  IMAGE_TOO_MANY_PIXELS: kind(422, 'This image is too large: at most 12,000 pixels a side and 50 megapixels.'),
  IMAGE_TOO_SMALL: kind(422, 'This image is too small: at least 16 pixels a side.'),
  IMAGE_UNPROCESSABLE: kind(422, 'We could not process this image. Save it as a JPEG and try again.'),
  ACCENT_UNREADABLE: kind(422, 'This colour is too light or too dark to read. Use the nearest readable one.'),
  EMAIL_LINK_LIMIT: kind(429, 'We already sent you links. Check your inbox and spam folder, or try again later.'),
  VERIFICATION_LIMIT: kind(429, 'You submitted documents too often this month. Try again later.'),
  ACCOUNT_LOCKED: kind(429, 'Too many wrong passwords or codes. Try again later.'),
  RATE_LIMITED: kind(429, 'Too many requests. Wait a moment and try again.'),
  INTERNAL: kind(500, 'Something went wrong on our side, and nothing was changed. Try again, or contact us with the request id.'),
  UNAVAILABLE: kind(503, 'We cannot be reached right now. Try again in a moment.'),
  WALLET_NOT_CHECKED: kind(503, 'We cannot check this wallet right now. Try again in a moment.'),
  BUSY: kind(503, 'We are busy right now, and nothing was changed. Try again in a moment.'),
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

/** What the problem details of an error begin with (RFC 9457): where it is explained, and its code as words. */
export const problemOf = <Code extends ErrorCode>(code: Code) => {
  const title = code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' ');
  return { type: `/api/docs/errors#${code}`, title, status: ERRORS[code].status, code };
};

/** What is wrong with one field of the input. */
export interface FieldError {
  /** Path of the field, joined by dots: "address.city". Empty for the input as a whole. */
  field: string;
  message: string;
}
