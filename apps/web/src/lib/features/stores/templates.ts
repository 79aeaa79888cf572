/** Texts to start from, with blanks for the seller to fill. */
export const POLICY_TEMPLATES = [
  {
    field: 'shippingPolicy',
    label: 'Shipping',
    hint: 'Where you ship to, how soon, who pays.',
    example: 'Ships within 2 working days, tracked and insured. We ship to … . Shipping to other places costs … .',
  },
  {
    field: 'returnsPolicy',
    label: 'Returns',
    hint: 'How long, in what condition, who pays return shipping. Buyers may have more rights by law.',
    example:
      'Send it back within … days, unused, and we refund the price. Return shipping is paid by … . Made to order cannot be returned.',
  },
  {
    field: 'contactPolicy',
    label: 'Contact',
    hint: 'How buyers reach you and when you answer. Anyone can read it.',
    example: 'Write to … . We answer on working days within … hours, in English and … .',
  },
] as const;
