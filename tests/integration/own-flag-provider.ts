// What a team's own flags look like to us: any OpenFeature provider. This one has ratings on for user 1 alone, on side "b".
interface Details {
  value: boolean;
  variant?: string;
  reason?: string;
}

export default function provider() {
  const other = () => Promise.reject(new Error('only booleans'));
  return {
    metadata: { name: 'a-team-of-its-own' },
    runsOn: 'server',
    resolveBooleanEvaluation(name: string, fallback: boolean, context: { userId?: string }): Promise<Details> {
      if (name === 'seller-tier-system') throw new Error('their server is away');
      if (name !== 'seller-ratings') return Promise.resolve({ value: fallback });
      return Promise.resolve(context.userId === '1' ? { value: true, variant: 'b' } : { value: false });
    },
    resolveStringEvaluation: other,
    resolveNumberEvaluation: other,
    resolveObjectEvaluation: other,
  };
}
