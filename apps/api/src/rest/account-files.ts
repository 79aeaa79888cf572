import { OwnerProof } from '@assay/contract';
import { exportMyData } from '@assay/core';
import { PROOF } from '../operations/inputs.ts';
import { exporting } from './csv-pages.ts';
import { plainRoute } from './route.ts';
import { zipOf } from './zip.ts';

/** An account as a file. */
export const accountFileRoutes = [
  plainRoute({
    method: 'post',
    path: '/auth/account/export',
    tag: 'Accounts',
    summary: 'Everything that is kept about me, as a ZIP archive',
    description: `JSON files, pictures and documents; streamed. No password or token is in it, and of other people only what the pages show. ${PROOF}`,
    auth: 'required',
    input: OwnerProof,
    status: 200,
    file: { type: 'application/zip', name: 'my-data.zip' },
    errors: [403, 422, 503],
    handle: ({ ctx, input, req, res }) => exporting(req, res, async () => zipOf(await exportMyData(ctx, input))),
  }),
];
