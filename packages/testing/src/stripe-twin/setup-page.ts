import { finishAccount, SETUP_PATH } from './accounts.ts';
import type { Books } from './books.ts';

export interface SetupAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What stands in for Stripe's pages. Once the seller has entered everything, they are sent back to the marketplace. */
export function setupPage(books: Books, method: string, path: string): SetupAnswer {
  const account = books.find(path.slice(SETUP_PATH.length), 'account');
  const back = account.return_url as string;
  if (method === 'POST') {
    finishAccount(books, account.id, '3000');
    return { status: 303, headers: { location: back }, body: '' };
  }
  const body = `<!doctype html><html lang="en"><title>Stripe</title><main><h1>Stripe</h1>
    <form method="post"><button>Enter everything</button></form><a href="${back}">Back to the marketplace</a></main></html>`;
  return { status: 200, headers: { 'content-type': 'text/html' }, body };
}
