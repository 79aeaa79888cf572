import { JSON_BYTES_MAX } from '@assay/contract';
import { receiveProviderEvent, type ProviderEventSource } from '@assay/core';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import type { Container } from '../container.ts';
import { contextOf } from './context.ts';
import { exchangeOf } from './exchange.ts';
import type { Limits } from './limits.ts';

/** The header in which Stripe signs an event. */
const SIGNATURE = 'stripe-signature';

/**
 * Takes the events of the payment provider at `/webhooks/<provider>`, before cookies are read: the signature over the raw body proves who
 * sent it. An event is answered by 200 once it is stored.
 */
export function takeProviderEvents(app: Express, container: Container, limits: Limits): void {
  const { events, name } = container.services.payments;
  if (!events) return;
  const path = `/webhooks/${name}`;
  const raw = express.raw({ type: () => true, limit: JSON_BYTES_MAX });
  const named: RequestHandler = (req, _res, next) => {
    exchangeOf(req).endpoint = `POST ${path}`;
    next();
  };
  app.post(path, named, limits.readLimiter.middleware, raw, (req, res) => take(events, container, req, res));
}

async function take(events: ProviderEventSource, container: Container, req: Request, res: Response): Promise<void> {
  const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  const event = events.read(body, req.get(SIGNATURE) ?? '');
  if (event) await receiveProviderEvent(contextOf(container, req), event);
  res.setHeader('Cache-Control', 'no-store').status(200).json({ received: true });
}
