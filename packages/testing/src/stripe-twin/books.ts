/** An object as the API answers it. */
export interface StripeObject {
  id: string;
  object: string;
  created: number;
  [field: string]: unknown;
}

/** Money that moved. What the marketplace has is positive; a payout to a bank, a refund or a dispute takes from it. */
export interface Movement {
  kind:
    'payment' | 'refund' | 'refund-returned' | 'transfer' | 'transfer-reversal' | 'payout' | 'payout-returned' | 'dispute' | 'dispute-won';
  object: string;
  /** "platform", or a connected account. */
  account: string;
  /** In minor units as Stripe counts them. */
  amount: number;
  currency: string;
  /** The idempotency key of the request that caused it; null where none did. */
  key: string | null;
  at: number;
}

export interface StripeEvent {
  id: string;
  object: 'event';
  type: string;
  created: number;
  account?: string;
  livemode: false;
  api_version: string;
  pending_webhooks: number;
  data: { object: StripeObject };
  request: { id: null; idempotency_key: string | null };
}

/** A refusal as the API answers it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly body: { type: string; code?: string; decline_code?: string; message: string; payment_intent?: StripeObject };

  constructor(status: number, body: Refusal['body']) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

export const invalid = (message: string, code?: string): Refusal =>
  new Refusal(400, { type: 'invalid_request_error', message, ...(code ? { code } : {}) });

const API_VERSION = '2026-09-30';

/** Everything that the twin knows: its clock, its objects, what moved, and what it says of it. */
export class Books {
  /** Where the twin is: "http://127.0.0.1:4242". */
  address = '';
  /** Milliseconds that the clock of the twin is ahead. */
  aheadMs = 0;
  readonly objects = new Map<string, StripeObject>();
  readonly movements: Movement[] = [];
  readonly events: StripeEvent[] = [];
  private serial = 0;
  /** Of the request that is being answered. */
  key: string | null = null;

  readonly now = (): number => Date.now() + this.aheadMs;

  create(prefix: string, object: string, fields: Record<string, unknown>): StripeObject {
    const id = `${prefix}_${String(++this.serial).padStart(6, '0')}`;
    const made = { id, object, created: Math.floor(this.now() / 1000), livemode: false, ...fields };
    this.objects.set(id, made);
    return made;
  }

  /** @throws Refusal 404 */
  find(id: string, object: string): StripeObject {
    const found = this.objects.get(id);
    if (found?.object !== object)
      throw new Refusal(404, { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${object}: '${id}'` });
    return found;
  }

  /** Newest first. */
  list(object: string, matches: (one: StripeObject) => boolean = () => true): StripeObject[] {
    return [...this.objects.values()].filter((one) => one.object === object && matches(one)).toReversed();
  }

  move(movement: Omit<Movement, 'key' | 'at'>): void {
    this.movements.push({ ...movement, key: this.key, at: this.now() });
  }

  /** Says what happened to an object, as it is now. */
  say(type: string, object: StripeObject, account?: string): void {
    this.events.push({
      id: `evt_${String(++this.serial).padStart(6, '0')}`,
      object: 'event',
      type,
      created: Math.floor(this.now() / 1000),
      ...(account ? { account } : {}),
      livemode: false,
      api_version: API_VERSION,
      pending_webhooks: 1,
      data: { object: structuredClone(object) },
      request: { id: null, idempotency_key: this.key },
    });
  }

  /** What all accounts have, and what is on its way to banks. */
  kept(currency: string): number {
    const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
    const onTheirWay = this.list('payout', (one) => one.currency === currency && one.status === 'pending');
    const had = this.movements.filter((one) => one.currency === currency);
    return sum(had.map(({ amount }) => amount)) + sum(onTheirWay.map(({ amount }) => amount as number));
  }

  /** What an account has; "platform" is the marketplace. */
  balance(account: string, currency: string): number {
    return this.movements.reduce((sum, one) => (one.account === account && one.currency === currency ? sum + one.amount : sum), 0);
  }
}
