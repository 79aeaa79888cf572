import { page } from '$app/state';
import type { FlagName } from '@assay/contract';

/** Whether the reader of this page has the feature, as the API answered with the page. */
export const isOn = (name: FlagName): boolean => page.data.flags?.[name] ?? false;
