import { CONTACT_THRESHOLD } from '@assay/contract';
import type { MessageSettings } from '@assay/core';
import type { z } from 'zod';
import { whole } from './variable-kinds.ts';

const DAY_MS = 24 * 3_600_000;

/** What holds for messages: docs/messages.md explains each. */
export const messageVariables = {
  MESSAGE_RETENTION_DAYS: whole(730, 30, 3650),
  CONTACT_FILTER_THRESHOLD: whole(CONTACT_THRESHOLD, 1, 100),
};

type MessageVariables = { [N in keyof typeof messageVariables]: z.output<(typeof messageVariables)[N]> };

export const messageSettingsOf = (env: MessageVariables): MessageSettings => ({
  retentionMs: env.MESSAGE_RETENTION_DAYS * DAY_MS,
  holdsFrom: env.CONTACT_FILTER_THRESHOLD,
});
