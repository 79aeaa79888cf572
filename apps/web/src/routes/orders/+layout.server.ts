import { ordersToShip } from '#lib/server/own-store.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, parent }) => ({ toShip: await ordersToShip(locals.api, (await parent()).me) });
