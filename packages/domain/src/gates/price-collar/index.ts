import { defineGate, shareWithin } from '../define-gate.ts';

/** |price − newest price| ÷ newest price. */
export default defineGate({
  id: 'price-collar',
  title: 'Price collar',
  summary:
    'The price of an order is not further than this from the newest price: mistyped prices stop here.',
  check: ({ price, newestPrice }, limit) =>
    shareWithin(
      `the price ${price} is off the newest, ${newestPrice}, by`,
      Math.abs(price / newestPrice - 1),
      limit,
    ),
});
