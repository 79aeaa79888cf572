import {
  AppealInput,
  AuditPage,
  AuditQuery,
  DecideAppealInput,
  DecisionView,
  DismissReportsInput,
  ModerationCounts,
  ModerationQueue,
  ReportRatingInput,
  RestoreStruckInput,
  StrikeInput,
} from '@assay/contract';
import {
  appealDecision,
  countModeration,
  decideAppeal,
  dismissReports,
  getModerationQueue,
  listMyDecisions,
  readAuditLog,
  reportRating,
  restoreStruckRating,
  strikeRating,
} from '@assay/core';
import { z } from 'zod';
import { get, mutation, post, query } from './operation.ts';

const names = { id: 'ratingId' };

export const moderation = {
  report: mutation({
    use: reportRating,
    input: ReportRatingInput,
    as: 'user',
    rest: post('/ratings/:id/report', 'Report a rating', { names, status: 204, errors: [403, 404, 409] }),
  }),
  decisions: query({
    use: listMyDecisions,
    output: z.object({ items: z.array(DecisionView) }),
    as: 'user',
    rest: get('/decisions', 'Decisions about ratings that I gave or received', { errors: [404] }),
  }),
  appeal: mutation({
    use: appealDecision,
    input: AppealInput,
    as: 'user',
    rest: post('/decisions/:id/appeal', 'Appeal a decision', { names: { id: 'decisionId' }, status: 204, errors: [404, 409] }),
  }),
  counts: query({ use: countModeration, output: ModerationCounts, as: 'admin' }),
  queue: query({
    use: getModerationQueue,
    output: ModerationQueue,
    as: 'admin',
    rest: get('/moderation/queue', 'What waits for a moderator', { errors: [403, 404] }),
  }),
  strike: mutation({
    use: strikeRating,
    input: StrikeInput,
    output: DecisionView,
    as: 'admin',
    rest: post('/moderation/ratings/:id/strike', 'Strike a rating out', {
      names,
      description: 'It stays readable with its reason and does not count any more. Both sides get the statement of reasons.',
      errors: [403, 404, 409],
    }),
  }),
  restore: mutation({
    use: restoreStruckRating,
    input: RestoreStruckInput,
    output: DecisionView,
    as: 'admin',
    rest: post('/moderation/ratings/:id/restore', 'Let a rating count again that was struck out', { names, errors: [403, 404, 409] }),
  }),
  dismiss: mutation({
    use: dismissReports,
    input: DismissReportsInput,
    output: DecisionView,
    as: 'admin',
    rest: post('/moderation/ratings/:id/dismiss', 'Answer the reports on a rating: it stays', { names, errors: [403, 404] }),
  }),
  decideAppeal: mutation({
    use: decideAppeal,
    input: DecideAppealInput,
    output: DecisionView,
    as: 'admin',
    rest: post('/moderation/appeals/:id', 'Grant or deny an appeal', { names: { id: 'appealId' }, errors: [403, 404, 409] }),
  }),
  audit: query({
    use: readAuditLog,
    input: AuditQuery,
    output: AuditPage,
    as: 'operator',
    rest: get('/audit', 'Who did what, newest first', { errors: [403] }),
  }),
};
