import type { InvoiceKind, VatTreatment } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly invoices: InvoicesRepository;
  }
}

declare module '../kernel/context.ts' {
  interface Services {
    readonly invoices: InvoiceServices;
  }
}

/** Issuer or recipient of a document, as they were when it was issued. */
export interface InvoiceParty {
  name: string;
  /** Its lines, with the country; empty where it is not known. */
  address: string;
  vatNumber: string | null;
}

export interface InvoiceLineRow {
  text: string;
  quantity: number;
  amountMinor: bigint;
}

/** A document before it has its number. */
export interface NewInvoice {
  kind: InvoiceKind;
  /** What it documents, as the ledger names it: of a kind there is one for each. */
  cause: string;
  orderId: number;
  recipientId: number;
  /** The document that a credit note corrects. */
  correctsId: number | null;
  currency: string;
  netMinor: bigint;
  vatMinor: bigint;
  vatBasisPoints: number;
  vatTreatment: VatTreatment;
  issuer: InvoiceParty;
  recipient: InvoiceParty;
  /** The test provider moved no money. */
  isTest: boolean;
  lines: readonly InvoiceLineRow[];
}

/** Series, year and number, each number once and without gaps. */
export interface InvoiceNumber {
  series: string;
  year: number;
  number: number;
}

export interface InvoiceRow extends Omit<NewInvoice, 'lines'>, InvoiceNumber {
  id: number;
  issuedAt: Date;
  /** Of its file; empty once it was deleted after the retention period. */
  storageKey: string;
  /** Null until its file is stored. */
  sha256: string | null;
  sellerId: number;
  buyerId: number;
  corrects: InvoiceNumber | null;
}

export interface InvoicesRepository {
  /** The next number of a series and year. Locks their counter until the transaction ends: a rollback gives the number back. */
  nextNumber(series: string, year: number): Promise<number>;
  /** @throws Raced when there is one of that kind for that cause meanwhile */
  add(invoice: NewInvoice & InvoiceNumber & { storageKey: string }, at: Date): Promise<number>;
  find(id: number): Promise<InvoiceRow | null>;
  lines(id: number): Promise<InvoiceLineRow[]>;
  /** Of an order, in the order in which they were issued. */
  ofOrder(orderId: number): Promise<InvoiceRow[]>;
  /** Those that an account received, newest first; `before` is the id of the last row of the page before. */
  listReceived(recipientId: number, limit: number, before: number | undefined): Promise<InvoiceRow[]>;
  /** Notes that the file is stored. False where it was stored already. */
  stored(id: number, sha256: string): Promise<boolean>;
  /** Those of orders since before a moment that a former member was a party of, and that name someone still. */
  listExpired(before: Date, limit: number): Promise<{ id: number; storageKey: string }[]>;
  /** Removes names and addresses, and where the file was. */
  forget(id: number): Promise<void>;
}

/** What a file shows. */
export type InvoiceDocument = InvoiceRow & { lines: InvoiceLineRow[] };

export interface InvoiceServices {
  /** Makes the PDF of a document. */
  render(document: InvoiceDocument): Promise<Uint8Array>;
  put(key: string, pdf: Uint8Array): Promise<void>;
  read(key: string): Promise<Uint8Array | null>;
  /** Does nothing where there is none. */
  delete(key: string): Promise<void>;
  sha256(content: Uint8Array): string;
}
