import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** Where the seller's pages were once: people have them in their bookmarks. */
export const GET: RequestHandler = ({ params, url }) =>
  redirect(308, `${params.rest === 'ratings' ? '/seller/ratings' : '/seller/dashboard'}${url.search}`);
