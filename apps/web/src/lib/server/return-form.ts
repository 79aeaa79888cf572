import { Id, ReturnMove, ReturnMoveDetail } from '@assay/contract';
import { ADDRESS_FIELDS } from './address-form.ts';
import { checkbox, id, inputOf, optionalText, text } from './form.ts';

/** A step of a return, by ReturnMoves. Where the seller chooses no address of the book, those that are typed count. */
export const ReturnMoveForm = inputOf(
  ReturnMoveDetail.extend({ id: Id, move: ReturnMove }),
  {
    returnId: id,
    returnMove: text,
    addressId: optionalText,
    ...ADDRESS_FIELDS,
    text: optionalText,
    carrier: optionalText,
    trackingNumber: optionalText,
    restock: checkbox,
  },
  ({ returnId, returnMove: move, addressId, text: says, carrier, trackingNumber, restock, ...address }) => ({
    id: returnId,
    move,
    text: says,
    ...(move === 'accept' ? (addressId ? { addressId: Number(addressId) } : { address }) : {}),
    ...(move === 'send' ? { carrier, trackingNumber } : {}),
    ...(move === 'receive' ? { restock } : {}),
  }),
);
