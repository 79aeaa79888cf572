import { AddCommissionRuleInput, PAGES } from '@assay/contract';
import { error } from '@sveltejs/kit';
import { basisPointsOf } from '#lib/features/fees/labels.ts';
import { action } from '#lib/server/action.ts';
import { orError } from '#lib/server/failures.ts';
import { formOf, id, inputOf, text } from '#lib/server/form.ts';
import { idOf, knownAccount } from '#lib/server/guards.ts';
import type { PageServerLoad } from './$types';

/** What the form of the preview asks; null before it was sent. */
function previewOf(params: URLSearchParams) {
  const given = (name: string) => params.get(name)?.trim() ?? '';
  if (!params.has('price')) return null;
  return {
    price: given('price'),
    shipping: given('shipping') || '0',
    currency: given('currency'),
    category: given('category'),
    sellerId: given('sellerId'),
  };
}

export const load: PageServerLoad = async ({ locals: { api }, url, parent }) => {
  if (!knownAccount(await parent())?.roles.includes('admin')) error(403, 'This page is for admins.');
  const ended = url.searchParams.has('ended');
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const [rules, tree] = await orError(Promise.all([api.fees.rules.query({ ended, cursor }), api.categories.tree.query()]));
  const preview = previewOf(url.searchParams);
  const asked = preview && { ...preview, sellerId: idOf(preview.sellerId) ?? undefined, currency: preview.currency as 'EUR' };
  const quote = asked && (await api.fees.quote.query(asked).catch((refusal: Error) => refusal.message));
  return { rules, ended, isFirst: cursor === undefined, tree: tree.items, preview, quote };
};

const next = PAGES.fees;

export const actions = {
  add: action({
    read: inputOf(
      AddCommissionRuleInput,
      { category: text, sellerId: text, tier: text, percent: text, fixed: text, minimum: text, currency: text, from: text },
      ({ percent, category, sellerId, tier, fixed, minimum, currency, from }) => ({
        category: category || null,
        sellerId: sellerId === '' ? null : (idOf(sellerId) ?? NaN),
        tier: tier || null,
        basisPoints: basisPointsOf(percent),
        fixed: fixed || '0',
        minimum: minimum || '0',
        currency: currency || null,
        from: from ? `${from}T00:00:00.000Z` : undefined,
      }),
    ),
    call: (api, input) => api.fees.addRule.mutate(input),
    say: ({ result }) => (result.state === 'upcoming' ? 'Rule added. It has not begun yet.' : 'Rule added. It charges orders from now on.'),
    next,
  }),
  end: action({
    read: formOf({ id }),
    call: (api, input) => api.fees.endRule.mutate(input),
    say: ({ result }) => (result.rule ? 'Rule ended.' : 'Rule removed. It had not begun.'),
    next,
  }),
};
