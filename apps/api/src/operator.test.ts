import { describe, expect, it } from 'vitest';
import { operatorOf, operatorProblems } from './operator.ts';

const NAMED = { OPERATOR_NAME: 'Market Ltd', OPERATOR_ADDRESS: '1 High Street, London', OPERATOR_COUNTRY: 'GB' };

describe('the operator', () => {
  it('is read line by line', () => {
    expect(operatorOf({ ...NAMED, OPERATOR_VAT_NUMBER: 'GB980780684', OPERATOR_VAT_ABROAD: 'EU, NO' }, true)).toEqual({
      name: 'Market Ltd',
      address: '1 High Street\nLondon',
      country: 'GB',
      vatNumber: 'GB980780684',
      vatAbroad: ['EU', 'NO'],
    });
    expect(operatorOf(NAMED, true)).toMatchObject({ vatNumber: null, vatAbroad: [] });
  });

  it('is a sample in development, and none in production', () => {
    expect(operatorOf({}, false)?.name).toMatch('Sample');
    expect(operatorOf({}, true)).toBeNull();
  });

  it('is named as a whole, or not at all', () => {
    expect(operatorProblems({})).toEqual([]);
    expect(operatorProblems(NAMED)).toEqual([]);
    expect(operatorProblems({ OPERATOR_NAME: 'M' })).toEqual([expect.stringContaining('OPERATOR_ADDRESS, OPERATOR_COUNTRY must be set')]);
    expect(operatorProblems({ OPERATOR_VAT_NUMBER: 'DE1' })).toHaveLength(1);
  });
});
