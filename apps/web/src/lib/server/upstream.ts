import { channel } from 'node:diagnostics_channel';

/**
 * Publishes each request to the API that got no answer. The pages are bundled and the server is not, so that they share no modules;
 * a channel is the process's own.
 */
export const upstreamErrors = channel('assay:upstream-errors');
