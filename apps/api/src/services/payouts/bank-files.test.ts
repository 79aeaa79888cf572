import { AppError, type CreditTransferFile } from '@assay/core';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { bankFiles } from './payouts.ts';
import { sepaText } from './sepa-text.ts';

const FILE: CreditTransferFile = {
  messageId: 'AP-20261130-0001',
  createdAt: new Date('2026-11-30T05:00:01.234Z'),
  executeOn: new Date('2026-12-01T00:00:00.000Z'),
  from: { holder: 'Marktplatz Münster GmbH & Co. KG', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
  transfers: [
    { endToEndId: 'PO-1', amount: 10_001n, to: { holder: 'Zoë <Łódź>', iban: 'NL91ABNA0417164300', bic: null }, purpose: 'Payout 1' },
    {
      endToEndId: 'PO-2',
      amount: 5n,
      to: { holder: '東京商店', iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPP' },
      purpose: 'Payout 2',
    },
  ],
};

const written = async (file: CreditTransferFile) => (await Array.fromAsync(bankFiles.creditTransfers(file))).join('');

/** The leaves of a document in their order: their path and text. Throws where the document is not well-formed. */
function leavesOf(text: string): string[] {
  const leaves: string[] = [];
  const path: string[] = [];
  const parser = new SaxesParser();
  let [inner, isLeaf] = ['', false];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    path.push(name);
    [inner, isLeaf] = ['', true];
  });
  parser.on('text', (piece) => (inner += piece));
  parser.on('closetag', () => {
    if (isLeaf) leaves.push(`${path.slice(2).join('/')}=${inner}`);
    path.pop();
    isLeaf = false;
  });
  parser.write(text).close();
  return leaves;
}

describe('a bank file', () => {
  // The order is that of pain.001.001.09; checked against the schema of ISO 20022 when it was written.
  it('has the elements of pain.001.001.09 in their order, with the sums of its transfers', async () => {
    const text = await written(FILE);
    expect(text).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>/,
    );
    expect(text).toContain('<InstdAmt Ccy="EUR">100.01</InstdAmt>');
    expect(leavesOf(text)).toEqual([
      'GrpHdr/MsgId=AP-20261130-0001',
      'GrpHdr/CreDtTm=2026-11-30T05:00:01',
      'GrpHdr/NbOfTxs=2',
      'GrpHdr/CtrlSum=100.06',
      'GrpHdr/InitgPty/Nm=Marktplatz Munster GmbH . Co. KG',
      'PmtInf/PmtInfId=AP-20261130-0001',
      'PmtInf/PmtMtd=TRF',
      'PmtInf/BtchBookg=false',
      'PmtInf/NbOfTxs=2',
      'PmtInf/CtrlSum=100.06',
      'PmtInf/PmtTpInf/SvcLvl/Cd=SEPA',
      'PmtInf/ReqdExctnDt/Dt=2026-12-01',
      'PmtInf/Dbtr/Nm=Marktplatz Munster GmbH . Co. KG',
      'PmtInf/DbtrAcct/Id/IBAN=DE89370400440532013000',
      'PmtInf/DbtrAgt/FinInstnId/BICFI=COBADEFFXXX',
      'PmtInf/ChrgBr=SLEV',
      'PmtInf/CdtTrfTxInf/PmtId/EndToEndId=PO-1',
      'PmtInf/CdtTrfTxInf/Amt/InstdAmt=100.01',
      'PmtInf/CdtTrfTxInf/Cdtr/Nm=Zoe .Lodz.',
      'PmtInf/CdtTrfTxInf/CdtrAcct/Id/IBAN=NL91ABNA0417164300',
      'PmtInf/CdtTrfTxInf/RmtInf/Ustrd=Payout 1',
      'PmtInf/CdtTrfTxInf/PmtId/EndToEndId=PO-2',
      'PmtInf/CdtTrfTxInf/Amt/InstdAmt=0.05',
      'PmtInf/CdtTrfTxInf/CdtrAgt/FinInstnId/BICFI=PSSTFRPP',
      'PmtInf/CdtTrfTxInf/Cdtr/Nm=DongJingShangDian',
      'PmtInf/CdtTrfTxInf/CdtrAcct/Id/IBAN=FR1420041010050500013M02606',
      'PmtInf/CdtTrfTxInf/RmtInf/Ustrd=Payout 2',
    ]);
  });

  it('of a bank that is not named says so', async () => {
    const leaves = leavesOf(await written({ ...FILE, from: { ...FILE.from, bic: null } }));
    expect(leaves).toContain('PmtInf/DbtrAgt/FinInstnId/Othr/Id=NOTPROVIDED');
  });

  it('is well-formed, and its sum is that of its transfers, with any names and amounts', async () => {
    const transfer = fc.record({
      endToEndId: fc.constant('PO-1'),
      amount: fc.bigInt({ min: 1n, max: 99_999_999_999n }),
      to: fc.record({
        holder: fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }),
        iban: fc.constant('X'),
        bic: fc.constant(null),
      }),
      purpose: fc.string({ unit: 'binary', maxLength: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(transfer, { minLength: 1, maxLength: 5 }), async (transfers) => {
        const leaves = leavesOf(await written({ ...FILE, transfers }));
        const cents = (text: string) => BigInt(text.split('=')[1]!.replace('.', ''));
        const amounts = leaves.filter((leaf) => leaf.includes('InstdAmt=')).map(cents);
        expect(amounts).toEqual(transfers.map(({ amount }) => amount));
        const sum = amounts.reduce((total, amount) => total + amount, 0n);
        for (const leaf of leaves.filter((each) => each.includes('CtrlSum='))) expect(cents(leaf)).toBe(sum);
      }),
      { numRuns: 15 },
    );
  });

  it.each([
    ['Ada  Byron\n', 70, 'Ada Byron'],
    ['// a///b /', 70, 'a/b'],
    ['Владимир', 70, 'Vladimir'],
    ['x'.repeat(80), 70, 'x'.repeat(70)],
    ['', 70, '.'],
    ['a & b; c < d > "e"', 70, 'a . b. c . d . .e.'],
  ])('writes %j as SEPA reads it', (text, max, plain) => expect(sepaText(text, max)).toBe(plain));
});

const NTRY = (inner: string, sign = 'DBIT', status = '<Sts><Cd>BOOK</Cd></Sts>') =>
  `<Ntry><Amt Ccy="EUR">100.01</Amt><CdtDbtInd>${sign}</CdtDbtInd>${status}<NtryDtls>${inner}</NtryDtls></Ntry>`;
const TX = (id: string, more = '', before = '') => `<TxDtls><Refs>${before}<EndToEndId>${id}</EndToEndId></Refs>${more}</TxDtls>`;
const statement = (entries: string, kind = 'BkToCstmrStmt', version = 'camt.053.001.08') =>
  `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:${version}"><${kind}><Stmt>${entries}</Stmt></${kind}></Document>`;
const read = (text: string) => bankFiles.readStatement(new TextEncoder().encode(text));

describe('a bank statement', () => {
  it('names the transfers that are booked, of camt.053 and camt.054, old and new', async () => {
    const old = NTRY(TX('PO-2', '<AmtDtls><TxAmt><Amt Ccy="EUR">1.00</Amt></TxAmt></AmtDtls>'), 'DBIT', '<Sts>BOOK</Sts>');
    expect(await read(statement(NTRY(TX('PO-1')) + old))).toEqual([
      { endToEndId: 'PO-1', amount: 10_001n, currency: 'EUR', kind: 'paid', reason: null },
      { endToEndId: 'PO-2', amount: 100n, currency: 'EUR', kind: 'paid', reason: null },
    ]);
    expect(await read(statement(old, 'BkToCstmrDbtCdtNtfctn', 'camt.054.001.02'))).toHaveLength(1);
    expect(
      await read(
        statement(NTRY(TX('PO-1')))
          .replaceAll(/<(\/?)(?=\w)/g, '<$1c:')
          .replace('xmlns=', 'xmlns:c='),
      ),
    ).toHaveLength(1);
  });

  it('names those that came back, with the reason', async () => {
    const returned = NTRY(TX('PO-1', '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>'), 'CRDT');
    expect(await read(statement(returned))).toEqual([
      { endToEndId: 'PO-1', amount: 10_001n, currency: 'EUR', kind: 'returned', reason: 'AC04' },
    ]);
  });

  it('gives several transfers of one entry their own amounts, and none where it says none', async () => {
    const own = '<Amt Ccy="EUR">60.01</Amt>';
    const entries = await read(statement(NTRY(TX('PO-1', own) + TX('PO-2'))));
    expect(entries.map(({ amount }) => amount)).toEqual([6001n, null]);
  });

  it('says nothing of what is not booked, has no id, or is a reversal of what came in', async () => {
    const pending = NTRY(TX('PO-1'), 'DBIT', '<Sts><Cd>PDNG</Cd></Sts>');
    const reversal = NTRY(TX('PO-1'), 'DBIT', '<RvslInd>true</RvslInd><Sts>BOOK</Sts>');
    expect(await read(statement(pending + reversal + NTRY('<TxDtls/>') + NTRY('')))).toEqual([]);
  });

  const entity = '<!DOCTYPE Document [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>';
  it.each([
    ['nothing', ''],
    ['a table', 'date;amount\n1;2'],
    ['a bank file', '<Document><CstmrCdtTrfInitn/></Document>'],
    ['a report that is not final', statement('', 'BkToCstmrAcctRpt')],
    ['half a file', statement(NTRY(TX('PO-1'))).slice(0, -30)],
    ['a DOCTYPE', statement('').replace('?>', `?>${entity}`)],
    ['an entity', statement(NTRY(TX('&b;')))],
    ['too deep a file', statement('<a>'.repeat(60) + '</a>'.repeat(60))],
  ])('that is %s is refused', async (_name, text) => {
    await expect(read(text)).rejects.toThrow(AppError);
  });

  it('that is not UTF-8, or too long, is refused', async () => {
    await expect(bankFiles.readStatement(Buffer.from(statement(NTRY(TX('\u00E9'))), 'latin1'))).rejects.toThrow(AppError);
    await expect(bankFiles.readStatement(new Uint8Array(33 * 1024 * 1024))).rejects.toThrow(AppError);
  });

  it('of ten thousand transfers lets other work go on', async () => {
    const text = statement(Array.from({ length: 10_000 }, (_, i) => NTRY(TX(`PO-${i}`))).join(''));
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    expect(await read(text)).toHaveLength(10_000);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });
});
