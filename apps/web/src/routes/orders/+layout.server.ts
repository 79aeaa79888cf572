import { waitingSales } from '#lib/server/own-store.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, parent }) => waitingSales(locals.api, (await parent()).me);
