import { ERRORS } from '@assay/contract';
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent }) => {
  const { flags } = await parent();
  if (!flags['seller-ratings']) error(404, ERRORS.RATINGS_OFF.message);
};
