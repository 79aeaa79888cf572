/** Words to start from, with blanks that only the seller can fill. */
export const POLICY_TEMPLATES = [
  {
    field: 'shippingPolicy',
    label: 'Shipping',
    hint: 'Where you send to, how soon, who pays.',
    example: 'Sent within 2 working days, tracked and insured. We ship to … . Shipping to other places costs … .',
  },
  {
    field: 'returnsPolicy',
    label: 'Returns',
    hint: 'How long, in which state, who pays the way back. Buyers may have more rights by law.',
    example: 'Send it back within … days, unused, and we refund the price. The way back is paid by … . Made to order cannot be returned.',
  },
  {
    field: 'contactPolicy',
    label: 'Contact',
    hint: 'How buyers reach you and when you answer. Everybody can read it.',
    example: 'Write to … . We answer on working days within … hours, in English and … .',
  },
] as const;
