import type { InvoiceDocument } from '@assay/core';
import { describe, expect, it } from 'vitest';
import { contentOf } from './content.ts';
import { renderPdf } from '../pdf/render-pdf.ts';

const INVOICE: InvoiceDocument = {
  id: 1,
  kind: 'commission',
  series: 'C',
  year: 2026,
  number: 12,
  cause: 'payment:7:release',
  orderId: 7,
  recipientId: 3,
  correctsId: null,
  corrects: null,
  currency: 'EUR',
  netMinor: 123_480n,
  vatMinor: 23_461n,
  vatBasisPoints: 1900,
  vatTreatment: 'standard',
  issuer: { name: 'Market Ltd', address: '1 High Street\n10115 Berlin\nGermany', vatNumber: 'DE136695976' },
  recipient: { name: 'Łukasz Őry', address: 'Čajkovského 2\nPraha\nCzechia', vatNumber: null },
  isTest: false,
  issuedAt: new Date('2026-11-29T23:59:59Z'),
  storageKey: 'k',
  sha256: null,
  sellerId: 3,
  buyerId: 4,
  lines: [{ text: 'Commission on order 7: Miska z ceramiki, żółta', quantity: 1, amountMinor: 123_480n }],
};

/** The text of an uncompressed PDF, a line for each piece that was written: its fonts say which character each glyph is. */
function textOf(pdf: Uint8Array): string[] {
  const source = Buffer.from(pdf).toString('latin1');
  const objects = new Map([...source.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [id!, body!]));
  const charactersOf = (font: string) => {
    const map = objects.get(/\/ToUnicode (\d+) 0 R/.exec(objects.get(font)!)![1]!)!;
    const [, list] = /beginbfrange\n<\w+> <\w+> \[([^\]]*)\]/.exec(map)!;
    return list!.split(' ').map((code) =>
      String.fromCodePoint(
        ...code
          .slice(1, -1)
          .match(/.{4}/g)!
          .map((hex) => Number.parseInt(hex, 16)),
      ),
    );
  };
  const fonts = new Map([...source.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, id]) => [name!, charactersOf(id!)]));
  return [...source.matchAll(/\/(F\d+) [\d.]+ Tf\n\[(.*?)\] TJ/g)].map(([, font, glyphs]) =>
    [...glyphs!.matchAll(/<(\w+)>/g)]
      .flatMap(([, hex]) => hex!.match(/.{4}/g)!)
      .map((glyph) => fonts.get(font!)![Number.parseInt(glyph, 16)])
      .join(''),
  );
}
const shown = async (invoice: InvoiceDocument) =>
  textOf(await renderPdf(contentOf(invoice, 'shop.example'), invoice.issuedAt, false)).join('|');

describe('the PDF of an invoice', () => {
  it('says who charges whom for what, with every letter of their names', async () => {
    const text = (await shown(INVOICE)).replaceAll(/\|(?=[a-zżółęńśćźŁÓ ])|(?<= )\|/g, '');
    for (const part of [
      'Invoice|Number|C-2026-000012|Date|29 November 2026|Order|7|From|To|Market Ltd',
      '10115 Berlin',
      'VAT number DE136695976',
      'EUR 1234.80|Net|EUR 1234.80|VAT 19 %|EUR 234.61|Total|EUR 1469.41',
    ])
      expect(text).toContain(part);
    const letters = text.replaceAll('|', '');
    for (const part of ['Łukasz Őry', 'Čajkovského 2', 'Miska z ceramiki, żółta']) expect(letters).toContain(part);
  });

  it('is the same for the same document', async () => {
    const content = contentOf(INVOICE, 'shop.example');
    const [first, second] = [await renderPdf(content, INVOICE.issuedAt), await renderPdf(content, INVOICE.issuedAt)];
    expect(Buffer.from(first).subarray(0, 5).toString()).toBe('%PDF-');
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
  });

  it('goes on over pages, and draws what no bundled font has', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => ({ text: `陶器 ${i} ${'word '.repeat(20)}`, quantity: 2, amountMinor: 1n }));
    const pdf = await renderPdf(contentOf({ ...INVOICE, lines }, 'shop.example'), INVOICE.issuedAt, false);
    expect(
      Buffer.from(pdf)
        .toString('latin1')
        .match(/\/Type \/Page\n/g)!.length,
    ).toBeGreaterThan(2);
  });
});

describe('what a document says', () => {
  it.each<[string, Partial<InvoiceDocument>, string[]]>([
    ['reverse charge', { vatTreatment: 'reverse-charge', vatBasisPoints: 0, vatMinor: 0n }, ['Article 196']],
    ['a sale from outside', { vatTreatment: 'outside', vatMinor: 0n }, ['Not subject to VAT']],
    ['a test payment', { isTest: true, series: 'TC' }, ['no money was moved', 'TC-2026-000012']],
    [
      'a credit note',
      { kind: 'commission-credit', corrects: { series: 'C', year: 2026, number: 3 } },
      ['Credit note', 'C-2026-000003', 'Credited'],
    ],
    [
      'a receipt',
      { kind: 'receipt', series: 'R', vatTreatment: 'none', vatMinor: 0n },
      ['Receipt', 'Paid through shop.example', 'no VAT invoice'],
    ],
  ])('of %s', (_what, is, parts) => {
    const text = JSON.stringify(contentOf({ ...INVOICE, ...is }, 'shop.example'));
    for (const part of parts) expect(text).toContain(part);
  });

  it('a receipt has one sum, without VAT', () => {
    expect(contentOf({ ...INVOICE, kind: 'receipt', vatTreatment: 'none', vatMinor: 0n }, 'x').sums).toEqual([['Paid', 'EUR 1234.80']]);
  });
});
