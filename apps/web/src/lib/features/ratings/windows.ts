import type { WindowName } from '@assay/contract';

export const windowLabels: Record<WindowName, string> = { '30': '30 days', '90': '90 days', '365': '365 days', lifetime: 'Lifetime' };
