import { post, schedulePayouts, type Context } from '@assay/core';
import { createSeller, runTasks, type Product, type Seller } from '@assay/testing';

export const IBAN = 'DE89370400440532013000';
const OTHER_IBAN = 'NL91ABNA0417164300';
const WEEK_MS = 7 * 24 * 3_600_000;
/** Far from the numbers of orders that a test places. */
let serial = 1_000_000;
let weeks = 0;

interface Earned {
  commission?: bigint;
  vat?: bigint;
  currency?: string;
  isTest?: boolean;
}

/** What tests of payouts do with an API: sellers earn, owe, and are paid out. */
export function payoutsOn({ db, api }: Pick<Product, 'db' | 'api'>) {
  const { prisma } = db.database;
  /** The system some time from now, as a process of its own. */
  const system = (laterMs = 0): Context =>
    api.container.context({ kind: 'system', name: 'test' }, 'test', undefined, () => new Date(Date.now() + laterMs));

  /** A seller's order is released: so much is theirs, less commission and VAT. Returns the order's number. */
  async function earn(sellerId: number, gross: bigint, { commission = 0n, vat = 0n, currency = 'EUR', isTest = false }: Earned = {}) {
    const orderId = ++serial;
    const of = { currency, orderId, isTest };
    await system().change(async (tx) => {
      await post(tx, {
        ...of,
        cause: `test:${orderId}`,
        kind: 'payment',
        lines: [
          { account: 'clearing', sellerId, amountMinor: gross },
          { account: 'held', sellerId, amountMinor: -gross },
        ],
      });
      const lines = [
        { account: 'held' as const, sellerId, amountMinor: gross },
        { account: 'seller_balance' as const, sellerId, amountMinor: commission + vat - gross },
        { account: 'commission' as const, sellerId, amountMinor: -commission },
        { account: 'commission_vat' as const, sellerId, amountMinor: -vat },
      ].filter(({ amountMinor }) => amountMinor !== 0n);
      await post(tx, { ...of, cause: `test:${orderId}:release`, kind: 'release', lines });
    });
    return orderId;
  }

  /** A refund after a payout: the seller owes. */
  const owe = (sellerId: number, amount: bigint, currency = 'EUR') =>
    system().change((tx) =>
      post(tx, {
        cause: `test:${++serial}:refund`,
        kind: 'refund',
        currency,
        lines: [
          { account: 'seller_debt', sellerId, amountMinor: amount },
          { account: 'refunds', sellerId, amountMinor: -amount },
        ],
      }),
    );

  /** Payout details of a seller, sealed as the product seals them. */
  async function setDetails(userId: number, { iban = IBAN, at = new Date() }: { iban?: string; at?: Date } = {}) {
    const seal = api.container.context({ kind: 'anonymous' }, 'test').pure.payouts.seal!;
    const sealed = seal.seal(userId, { method: 'bank', holder: 'Zoë Łódź', iban, bic: null });
    const data = { method: 'bank', sealed, keyId: seal.keyId, masked: `${iban.slice(0, 4)} •••• ${iban.slice(-4)}`, version: 1 };
    await prisma.sellerPayoutDetails.deleteMany({ where: { userId } });
    await prisma.sellerPayoutDetails.createMany({ data: [{ userId, ...data, createdAt: at, updatedAt: at }] });
  }

  /** A seller who can be paid out, with that balance. */
  async function newEarner(gross: bigint, earned?: Earned): Promise<Seller> {
    const seller = await createSeller(db.database);
    await setDetails(seller.id);
    if (gross > 0n) await earn(seller.id, gross, earned);
    return seller;
  }

  /** The next payout moment comes: each time a week later. Returns how much later that is. */
  async function nextMoment(): Promise<number> {
    const laterMs = ++weeks * WEEK_MS;
    await schedulePayouts(system());
    await schedulePayouts(system(laterMs));
    return laterMs;
  }
  /** The payouts of the next payout moment are made. */
  async function payOut(): Promise<void> {
    await runTasks(api.container, 'payouts.make', { laterMs: await nextMoment() });
  }

  const payoutsOf = (sellerId: number) => prisma.payout.findMany({ where: { sellerId }, orderBy: { id: 'asc' } });
  /** Account balances of a seller, as the ledger stores them. */
  async function balancesOf(sellerId: number, currency = 'EUR'): Promise<Record<string, bigint>> {
    const rows = await prisma.ledgerBalance.findMany({ where: { sellerId, currency } });
    return Object.fromEntries(
      rows.filter(({ balanceMinor }) => balanceMinor !== 0n).map(({ account, balanceMinor }) => [account, balanceMinor]),
    );
  }
  const audit = (action: string) => prisma.auditEntry.findMany({ where: { action }, orderBy: { id: 'asc' } });

  return { system, earn, owe, setDetails, newEarner, nextMoment, payOut, payoutsOf, balancesOf, audit, OTHER_IBAN };
}

/** A statement (camt.053) with these transfers. */
export function statementOf(...entries: { reference: string; amount: string; returned?: string; currency?: string }[]): string {
  const entry = ({ reference, amount, returned, currency = 'EUR' }: (typeof entries)[number]) =>
    `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${returned ? 'CRDT' : 'DBIT'}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><NtryDtls><TxDtls>` +
    `<Refs><EndToEndId>${reference}</EndToEndId></Refs>${returned ? `<RtrInf><Rsn><Cd>${returned}</Cd></Rsn></RtrInf>` : ''}` +
    `</TxDtls></NtryDtls></Ntry>`;
  const stmt = `<BkToCstmrStmt><Stmt>${entries.map(entry).join('')}</Stmt></BkToCstmrStmt>`;
  return `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">${stmt}</Document>`;
}
