import type { ApiClient } from '@assay/client';
import type { Account, MyFlags } from '@assay/contract';
import type { IncomingMessage } from 'node:http';

declare module 'node:http' {
  interface IncomingMessage {
    /** The page's route, "/sellers/[id]" for instance, once it is known. */
    pageRoute?: string;
  }
}

declare global {
  namespace App {
    interface Error {
      /** The request's id, for support. */
      requestId?: string;
      /** One of the codes that the register explains. */
      code?: string;
    }
    interface Locals {
      api: ApiClient;
      requestId: string;
      theme: Theme;
      /** Whether there is a session. The account is read only where a page needs it. */
      signedIn: boolean;
      /** The nonce of the form that is being handled, for the API; null outside of an action. */
      once: string | null;
      /** The header by which the API has the browser delete an access token that is worth nothing any more; null where it has not. */
      accessDeletion: string | null;
      /** The page has the form of the payment provider, whose script comes from there. */
      hasPaymentForm?: boolean;
      /** Since when what is shown may have changed: the API does not answer. */
      staleSince?: Date;
    }
    interface Platform {
      req: IncomingMessage;
    }
    interface PageData {
      me?: Account | null;
      flags?: MyFlags['flags'];
      theme?: Theme;
      /** Since when what is shown may have changed, where it is the last that was known. */
      staleSince?: string | null;
    }
    type Theme = 'light' | 'dark' | 'system';
  }
}

export {};
