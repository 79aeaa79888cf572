import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

const MOVED: Partial<Record<string, string>> = { ratings: '/seller/ratings', invoices: '/seller/invoices' };

/** Where the seller's pages were once: people have them in their bookmarks. */
export const GET: RequestHandler = ({ params, url }) => redirect(308, `${MOVED[params.rest] ?? '/seller/dashboard'}${url.search}`);
