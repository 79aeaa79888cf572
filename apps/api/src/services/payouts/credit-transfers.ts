import { e8OfMinor, formatPriceE8 } from '@assay/contract';
import { inTurns, type BankAccount, type CreditTransfer, type CreditTransferFile } from '@assay/core';
import XMLBuilder from 'fast-xml-builder';
import { sepaText } from './sepa-text.ts';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
const NAME_MAX = 70;
const PURPOSE_MAX = 140;

const builder = new XMLBuilder({ ignoreAttributes: false });
const xml = (node: object): string => builder.build(node);

const euros = (amount: bigint): string => formatPriceE8(e8OfMinor(amount, 'EUR'), 'EUR');
/** Seconds are the finest that banks read. */
const moment = (date: Date): string => date.toISOString().slice(0, 19);

const agentOf = ({ bic }: BankAccount) => ({ FinInstnId: bic ? { BICFI: bic } : { Othr: { Id: 'NOTPROVIDED' } } });
const accountOf = ({ iban }: BankAccount) => ({ Id: { IBAN: iban } });

/**
 * A bank file for transfers in euros (pain.001.001.09 in the version of the SEPA rulebook). Each transfer is booked by itself, so that
 * statements name each.
 */
export async function* creditTransfers({ messageId, createdAt, executeOn, from, transfers }: CreditTransferFile): AsyncGenerator<string> {
  const sums = { NbOfTxs: String(transfers.length), CtrlSum: euros(transfers.reduce((sum, { amount }) => sum + amount, 0n)) };
  const payer = { Nm: sepaText(from.holder, NAME_MAX) };
  const header = { MsgId: messageId, CreDtTm: moment(createdAt), ...sums, InitgPty: payer };
  const payment = {
    PmtInfId: messageId,
    PmtMtd: 'TRF',
    BtchBookg: 'false',
    ...sums,
    PmtTpInf: { SvcLvl: { Cd: 'SEPA' } },
    ReqdExctnDt: { Dt: executeOn.toISOString().slice(0, 10) },
    Dbtr: payer,
    DbtrAcct: accountOf(from),
    DbtrAgt: agentOf(from),
    ChrgBr: 'SLEV',
  };
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${NAMESPACE}"><CstmrCdtTrfInitn>${xml({ GrpHdr: header })}<PmtInf>`;
  yield xml(payment);
  const giveWay = inTurns();
  for (const transfer of transfers) {
    yield xml({ CdtTrfTxInf: transactionOf(transfer) });
    await giveWay();
  }
  yield '</PmtInf></CstmrCdtTrfInitn></Document>\n';
}

const transactionOf = ({ endToEndId, amount, to, purpose }: CreditTransfer) => ({
  PmtId: { EndToEndId: endToEndId },
  Amt: { InstdAmt: { '@_Ccy': 'EUR', '#text': euros(amount) } },
  // Without a BIC there is no element: banks find it by the IBAN.
  ...(to.bic ? { CdtrAgt: agentOf(to) } : {}),
  Cdtr: { Nm: sepaText(to.holder, NAME_MAX) },
  CdtrAcct: accountOf(to),
  RmtInf: { Ustrd: sepaText(purpose, PURPOSE_MAX) },
});
