import { startApi } from '@assay/testing';
import { twinPayments } from './lib-stripe.ts';

/** An API process for `stripe-killed.test.ts`: it takes payments from the twin at `TWIN`, and is ended by kill -9. */
const twin = JSON.parse(process.env.TWIN!) as Parameters<typeof twinPayments>[0];
const { url } = await startApi({ url: process.env.DATABASE_URL! }, {}, { payments: twinPayments(twin) });
process.send!({ url });
