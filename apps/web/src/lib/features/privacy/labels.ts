import { PAGES, type DeletionView } from '@assay/contract';

type Obstacle = DeletionView['obstacles'][number]['obstacle'];

const counted = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`);

/** What has to be settled before an account can be deleted, and the page where that is done. */
export const OBSTACLES: Record<Obstacle, { say: (count: number) => string; page: string | null }> = {
  'open-purchases': { say: (count) => `${counted(count, 'purchase is', 'purchases are')} not completed yet`, page: PAGES.orders },
  'open-sales': { say: (count) => `${counted(count, 'sale is', 'sales are')} not completed yet`, page: PAGES.sales },
  'pending-payments': { say: (count) => `${counted(count, 'payment is', 'payments are')} still being processed`, page: PAGES.orders },
  balance: { say: () => 'Your balance is not zero. It is paid out first; what you owe is settled first', page: PAGES.balance },
  'open-appeals': { say: (count) => `${counted(count, 'appeal waits', 'appeals wait')} for a decision`, page: PAGES.decisions },
  'last-admin': { say: () => 'You are the only admin. Make another account an admin first', page: null },
};
