import { describe, expect, it } from 'vitest';
import { passwordWeakness } from './password-rules.ts';

const COMMON = new Set(['monkey', 'correcthorse', 'qwertyuiop', 'zaq12wsx']);
const common = { has: (password: string) => Promise.resolve(COMMON.has(password)) };
const ada = { email: 'ada.byron@lovelace.example', fullName: 'Ada Byron' };
const weakness = (password: string, owner: { email: string | null; fullName: string } = ada) => passwordWeakness(password, owner, common);

describe('a new password', () => {
  it.each(['qwertyuiop', 'QwertyUiop', 'Monkey2026!', '  monkey  ', '123monkey', 'zaq12wsx', 'ｑｗｅｒｔｙｕｉｏｐ'])(
    'that is on the list of common ones is refused: %j',
    async (password) => expect(await weakness(password)).toMatch(/common passwords/),
  );

  it.each(['        ', 'aaaaaaaaaa', 'abababababab', '1212121212', 'abcdefgh', '98765432', 'hgfedcba', 'ab12ab12'.slice(0, 2).repeat(9)])(
    'of few characters, or of a row of the alphabet, is refused: %j',
    async (password) => expect(await weakness(password)).toMatch(/repeats few/),
  );

  it.each([
    'ada.byron@lovelace.example',
    'AdaByron1815',
    'byron_lovelace!',
    'Assay-2026',
    'assayseller99',
    'AdministratorAssay',
    'password!!ada',
  ])('of the own name, the own address or words of the site is refused: %j', async (password) =>
    expect(await weakness(password)).toMatch(/made of your name/),
  );

  it.each(['a long passphrase', 'ada likes gardens', 'correct horse battery', 'x9$kQ7z!', '山田太郎の長い合言葉', 'Tr0ub4dor&3'])(
    'of other words is taken: %j',
    async (password) => expect(await weakness(password)).toBeNull(),
  );

  it('needs neither a name nor an address to be judged', async () => {
    expect(await weakness('adabyron1815', { email: null, fullName: '' })).toBeNull();
    expect(await weakness('qwertyuiop', { email: null, fullName: '' })).toMatch(/common/);
  });
});
