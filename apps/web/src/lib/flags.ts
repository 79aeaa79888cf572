import { page } from '$app/state';
import type { FlagName } from '@assay/contract';

/** Does whoever looks at this page have that feature? As the API said with the page: the two agree. */
export const isOn = (name: FlagName): boolean => page.data.flags?.[name] ?? false;
