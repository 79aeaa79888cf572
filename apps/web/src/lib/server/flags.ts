import { apiErrorOf, type ApiClient } from '@assay/client';
import { FLAG_NAMES, type MyFlags } from '@assay/contract';

/** What can be said without the API: the pages that need none are there, with a way to get around. */
const UNKNOWN = {
  ...Object.fromEntries(FLAG_NAMES.map((name) => [name, false])),
  'seller-mobile-optimization': true,
} as MyFlags['flags'];

/** Which features this visitor has. Asked together with everything else that the page needs, in one request. */
export async function flagsFor(api: ApiClient): Promise<MyFlags['flags']> {
  try {
    return (await api.flags.mine.query()).flags;
  } catch (thrown) {
    if (!apiErrorOf(thrown)) throw thrown;
    return UNKNOWN;
  }
}
