import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPerson, onEachEngine, useProduct, type Answer } from '@assay/testing';
import { decodeAbiParameters, erc6492SignatureValidatorByteCode, isAddressEqual, recoverAddress, type Address, type Hex } from 'viem';
import { generatePrivateKey, privateKeyToAccount, type PrivateKeyAccount } from 'viem/accounts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const CONTRACT: Address = '0x00000000000000000000000000000000c0ffee01';
const CHAINS = { main: 1, other: 137, without: 10 };

const newKey = () => privateKeyToAccount(generatePrivateKey());

/**
 * A node as far as a contract wallet needs one: it answers eth_call to ERC-6492's validator as the contract would whose only
 * owner is that key.
 */
async function startNode(owner: () => Address) {
  let mode: 'works' | 'broken' | 'reverts' = 'works';
  const asked: string[] = [];
  const server: Server = createServer((req, res) => {
    let body = '';
    req.on('data', (piece) => (body += piece));
    req.on('end', () => void answer(body).then((text) => res.writeHead(mode === 'broken' ? 502 : 200).end(text)));
  });
  const answer = async (body: string) => {
    const { id, method, params } = JSON.parse(body) as { id: number; method: string; params: [{ data: Hex }] };
    asked.push(method);
    if (mode === 'reverts') return JSON.stringify({ jsonrpc: '2.0', id, error: { code: 3, message: 'execution reverted', data: '0x' } });
    const input = `0x${params[0].data.slice(erc6492SignatureValidatorByteCode.length)}` as const;
    const [address, hash, signature] = decodeAbiParameters([{ type: 'address' }, { type: 'bytes32' }, { type: 'bytes' }], input);
    const key = `0x${signature.slice(2, 132)}` as const; // and a tail that only this contract understands
    const valid = isAddressEqual(address, CONTRACT) && isAddressEqual(await recoverAddress({ hash, signature: key }), owner());
    return JSON.stringify({ jsonrpc: '2.0', id, result: valid ? '0x01' : '0x00' });
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/key-in-the-path`,
    asked,
    behave: (as: typeof mode) => void (mode = as),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

onEachEngine('wallets', (engine) => {
  let node: Awaited<ReturnType<typeof startNode>>;
  const owner = newKey();
  beforeAll(async () => {
    node = await startNode(() => owner.address);
  });
  afterAll(() => node.close());
  const { db, api, rest } = useProduct(engine, () => ({
    WALLET_CHAIN_IDS: Object.values(CHAINS).join(','),
    WALLET_RPC_URL: `${node.url} ${CHAINS.other}=${node.url}`,
  }));
  beforeEach(() => node.behave('works'));

  type Nonce = { message: string; nonce: string };
  async function ask(address: string, options: { chainId?: number; token?: string; purpose?: string } = {}): Promise<Nonce> {
    const { chainId = CHAINS.main, token, purpose = token ? 'link' : 'sign-in' } = options;
    const input = { address, chainId, purpose };
    const answer = await rest.post('/auth/wallet/nonce', input, token ? { token } : {});
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body;
  }
  const verify = (message: string, signature: string) => rest.post('/auth/wallet/verify', { message, signature });
  const PASSWORD = { current: 'a long passphrase' };
  const link = (message: string, signature: string, token: string, proof: object = PASSWORD) =>
    rest.post('/auth/wallets', { message, signature, ...proof }, { token });
  /** By what the owner of an account proves it, where a wallet is linked to it. */
  async function confirmedBy(key: PrivateKeyAccount, token: string, chainId = CHAINS.main) {
    const { message } = await ask(key.address, { token, chainId, purpose: 'confirm' });
    return { signed: { message, signature: await key.signMessage({ message }) } };
  }

  async function signIn(key: PrivateKeyAccount, chainId = CHAINS.main) {
    const { message } = await ask(key.address, { chainId });
    return verify(message, await key.signMessage({ message }));
  }
  async function linkTo(token: string, key: PrivateKeyAccount, proof?: object) {
    const { message } = await ask(key.address, { token });
    return link(message, await key.signMessage({ message }), token, proof);
  }
  /** What is refused when the message is signed with these words in place of those. */
  async function changed(from: string | RegExp, to: string): Promise<string> {
    const key = newKey();
    const message = (await ask(key.address)).message.replace(from, to);
    const answer = await verify(message, await key.signMessage({ message }));
    return `${answer.status} ${answer.body.code}`;
  }
  const outcomes = (answers: Answer[]) => answers.map(({ body }): string => body.code ?? 'linked').toSorted();
  let serial = 0;
  const register = async () => {
    const person = { email: `wallet${++serial}@example.com`, password: 'a long passphrase', fullName: 'Ada Byron' };
    const { body } = await rest.post('/auth/register', person);
    return { ...person, token: body.token as string, id: body.user.id as number };
  };
  const nonceRow = (hash: object) => db.database.prisma.walletNonce.updateMany({ where: {}, data: hash });

  it('the first sign-in makes an account under the short address, the next one finds it, on any chain and in any case', async () => {
    const key = newKey();
    const first = await signIn(key);
    expect(first.body).toMatchObject({
      registered: true,
      user: { email: null, fullName: `${key.address.slice(0, 6)}…${key.address.slice(-4)}`, roles: ['buyer'] },
    });
    expect(first.headers.getSetCookie()).toHaveLength(4);
    const { message } = await ask(key.address.toLowerCase(), { chainId: CHAINS.other });
    const second = await verify(message, await key.signMessage({ message }));
    expect([second.body.registered, second.body.user]).toEqual([false, first.body.user]);
    const token = second.body.token;
    expect((await rest.get('/auth/sessions', { token })).body.items).toHaveLength(2);
    expect((await rest.get('/auth/ways-in', { token })).body).toEqual({
      email: null,
      hasPassword: false,
      wallets: [{ address: key.address, chainId: CHAINS.main, linkedAt: expect.any(String) }],
    });
    const audit = await db.database.prisma.auditEntry.findMany({ where: { actorId: first.body.user.id } });
    expect(audit.map(({ action }) => action)).toEqual(['account.registered']);
  });

  it('says in the message for whom, what for and until when', async () => {
    const key = newKey();
    const { message, nonce } = await ask(key.address);
    const [, issued, expires] = /Issued At: (\S+)\nExpiration Time: (\S+)$/.exec(message)!;
    expect(Date.parse(expires!) - Date.parse(issued!)).toBe(300_000);
    const host = new URL(api.url).host;
    expect(message.slice(0, message.indexOf('Issued'))).toBe(
      `${host} wants you to sign in with your Ethereum account:\n${key.address}\n\nSign in to Assay. Signing is free and moves nothing.\n\n` +
        `URI: ${api.url}\nVersion: 1\nChain ID: 1\nNonce: ${nonce}\n`,
    );
    expect(JSON.stringify(await db.database.prisma.walletNonce.findMany())).not.toContain(nonce);
  });

  describe('refuses', () => {
    it('a replay', async () => {
      const key = newKey();
      const { message } = await ask(key.address);
      const signature = await key.signMessage({ message });
      expect((await verify(message, signature)).status).toBe(200);
      const again = await verify(message, signature);
      expect([again.status, again.body.code]).toEqual([409, 'WALLET_NONCE_USED']);
    });

    it('the same proof sent many times at once, but once', async () => {
      const key = newKey();
      const { message } = await ask(key.address);
      const signature = await key.signMessage({ message });
      const answers = await Promise.all(Array.from({ length: 8 }, () => verify(message, signature)));
      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, ...Array(7).fill(409)]);
      // Past all that is looked at before: the one statement that decides.
      const { wallets } = api.container.repos;
      const now = new Date();
      await wallets.createNonce(
        { nonceHash: signature.slice(-64), purpose: 'sign-in', sessionId: null, expiresAt: new Date(now.getTime() + 60_000) },
        now,
      );
      const taken = await Promise.all(Array.from({ length: 8 }, () => wallets.useNonce(signature.slice(-64), now)));
      expect(taken.filter(Boolean)).toHaveLength(1);
    });

    it('another site, or a path on it', async () => {
      const host = new URL(api.url).host;
      expect(await changed(host, 'evil.example')).toBe('422 WALLET_WRONG_DOMAIN');
      expect(await changed(`URI: ${api.url}`, 'URI: https://evil.example')).toBe('422 WALLET_WRONG_DOMAIN');
      const { body } = await rest.post(
        '/auth/wallet/nonce',
        { address: newKey().address, chainId: 1 },
        { headers: { 'x-forwarded-host': 'evil.example' } },
      );
      expect(body.code).toBe('WALLETS_OFF'); // only loopback is believed without PUBLIC_URL
    });

    it('what has expired, by the message and by the database', async () => {
      const at = (ms: number) => new Date(Date.now() + ms).toISOString();
      expect(await changed(/Expiration Time: .+/, `Expiration Time: ${at(-1)}`)).toBe('422 WALLET_EXPIRED');
      const key = newKey();
      const { message } = await ask(key.address);
      await nonceRow({ expiresAt: new Date(Date.now() - 1) });
      expect((await verify(message, await key.signMessage({ message }))).body.code).toBe('WALLET_EXPIRED');
    });

    it('what is not valid yet', async () => {
      const later = new Date(Date.now() + 60_000).toISOString();
      expect(await changed(/Issued At: .+/, `Issued At: ${later}`)).toBe('422 WALLET_NOT_YET_VALID');
      expect(await changed(/(Expiration Time: .+)/, `$1\nNot Before: ${later}`)).toBe('422 WALLET_NOT_YET_VALID');
    });

    it('another chain', async () => {
      expect(await changed('Chain ID: 1', 'Chain ID: 56')).toBe('422 WALLET_WRONG_CHAIN');
      expect((await rest.post('/auth/wallet/nonce', { address: newKey().address, chainId: 56 })).body.code).toBe('WALLET_WRONG_CHAIN');
    });

    it('a signature of another person, or of other words, or of no key at all; and the nonce stays good for the right one', async () => {
      const [key, thief] = [newKey(), newKey()];
      const { message } = await ask(key.address, { chainId: CHAINS.without });
      const right = await key.signMessage({ message });
      for (const wrong of [
        await thief.signMessage({ message }),
        await key.signMessage({ message: `${message} ` }),
        `0x${'00'.repeat(65)}`,
        `0x${'ff'.repeat(65)}`,
      ]) {
        const answer = await verify(message, wrong);
        expect([answer.status, answer.body.code], wrong).toEqual([422, 'WALLET_WRONG_SIGNATURE']);
      }
      expect((await verify(message, right)).status).toBe(200);
    });

    it('a nonce that we never gave', async () => {
      expect(await changed(/Nonce: \w+/, 'Nonce: 0123456789abcdef')).toBe('422 WALLET_NONCE_UNKNOWN');
    });

    it('a message for another purpose, another session or another account', async () => {
      const [mine, theirs] = [await register(), await register()];
      const key = newKey();
      const forLink = await ask(key.address, { token: mine.token });
      const signature = await key.signMessage(forLink);
      expect(forLink.message).toContain(`Link this wallet to account ${mine.id} of Assay`);
      expect((await verify(forLink.message, signature)).body.code).toBe('WALLET_WRONG_PURPOSE');
      expect((await link(forLink.message, signature, theirs.token)).body.code).toBe('WALLET_WRONG_PURPOSE');
      const elsewhere = await rest.post('/auth/login', mine);
      expect((await link(forLink.message, signature, elsewhere.body.token)).body.code).toBe('WALLET_WRONG_PURPOSE');
      const forSignIn = await ask(key.address);
      expect((await link(forSignIn.message, await key.signMessage(forSignIn), mine.token)).body.code).toBe('WALLET_WRONG_PURPOSE');
      // With the words changed the nonce still belongs to the other purpose.
      const reworded = forSignIn.message.replace(
        /Sign in to Assay\./,
        `Link this wallet to account ${mine.id} of Assay, so that it can sign in there.`,
      );
      expect((await link(reworded, await key.signMessage({ message: reworded }), mine.token)).body.code).toBe('WALLET_WRONG_PURPOSE');
      expect((await link(forLink.message, signature, mine.token)).status).toBe(201);
      expect((await rest.post('/auth/wallet/nonce', { address: key.address, chainId: 1, purpose: 'link' })).body.code).toBe(
        'UNAUTHENTICATED',
      );
    });

    it.each([
      ['other words around it', /^/, 'Dear wallet,\n'],
      ['more behind it', /$/, '\nand more'],
      ['resources that were not asked for', /$/, '\nResources:\n- https://evil.example'],
      ['a request id', /$/, '\nRequest ID: 1'],
      ['a scheme', /^/, 'https://'],
      ['another version', 'Version: 1', 'Version: 2'],
      ['no statement', /Sign in to Assay.*\n\n/, '\n'],
      ['a chain with zeros', 'Chain ID: 1', 'Chain ID: 01'],
      ['a date that is none', /Issued At: .+/, 'Issued At: yesterday'],
      ['other line ends', /\n/g, '\r\n'],
      ['a second address', /(0x\w{40})/, '$1\n$1'],
    ])('a malformed message: %s', async (_, from, to) => {
      expect(await changed(from, to)).toBe('400 WALLET_MESSAGE_INVALID');
    });

    it('an address whose letters do not fit its checksum', async () => {
      const key = newKey();
      const wrong = key.address.replace(/[a-fA-F](?=[^a-fA-F]*$)/, (letter) =>
        letter < 'a' ? letter.toLowerCase() : letter.toUpperCase(),
      );
      expect((await rest.post('/auth/wallet/nonce', { address: wrong, chainId: 1 })).body.code).toBe('WALLET_CHECKSUM');
      const message = (await ask(key.address)).message.replace(key.address, wrong);
      const answer = await verify(message, await key.signMessage({ message }));
      expect([answer.status, answer.body.code]).toEqual([400, 'WALLET_CHECKSUM']);
    });

    it('what is too long, or no text of that kind', async () => {
      const { message } = await ask(newKey().address);
      const field = async (body: object) =>
        (await rest.post('/auth/wallet/verify', { message, signature: '0x00', ...body })).body.errors?.[0];
      expect(await field({ message: 'x'.repeat(2001) })).toEqual({ field: 'message', message: 'The message is too long.' });
      expect(await field({ signature: `0x${'00'.repeat(10_000)}` })).toEqual({ field: 'signature', message: 'The signature is too long.' });
      expect(await field({ signature: '0x0' })).toMatchObject({ field: 'signature' });
      expect(await field({ message: 7 })).toMatchObject({ field: 'message' });
      for (const address of ['0x', 'vitalik.eth', `0x${'0'.repeat(41)}`])
        expect((await rest.post('/auth/wallet/nonce', { address, chainId: 1 })).body.errors?.[0].field).toBe('address');
    });
  });

  describe('contract wallets', () => {
    /** The owner's signature as the contract wants it: with a tail, so that it is none of a key. */
    const signed = async (message: string, key = owner) => `${await key.signMessage({ message })}aabb`;
    const asContract = async (chainId: number, key = owner) => {
      const { message } = await ask(CONTRACT, { chainId });
      return verify(message, await signed(message, key));
    };

    it('sign in where the contract says so, on the chain that it was linked on', async () => {
      const first = await asContract(CHAINS.main);
      expect([first.status, first.body.registered]).toEqual([200, true]);
      expect((await asContract(CHAINS.main)).body.user).toEqual(first.body.user);
      expect((await asContract(CHAINS.main, newKey())).body.code).toBe('WALLET_WRONG_SIGNATURE');
      // At the same address there may be another person's contract.
      expect((await asContract(CHAINS.other)).body.code).toBe('WALLET_WRONG_CHAIN');
      node.behave('reverts');
      expect((await asContract(CHAINS.main)).body.code).toBe('WALLET_WRONG_SIGNATURE');
    });

    it('are not taken for wrong when the node does not answer, nor where there is none', async () => {
      node.behave('broken');
      const answer = await asContract(CHAINS.main);
      expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([503, 'WALLET_NOT_CHECKED', '5']);
      expect(JSON.stringify(answer.body)).not.toContain('key-in-the-path');
      const without = await asContract(CHAINS.without);
      expect([without.status, without.body.code]).toEqual([422, 'WALLET_CONTRACT_UNSUPPORTED']);
    });

    it('cost no question without a nonce of ours, and none for a key', async () => {
      node.asked.length = 0;
      const { message } = await ask(CONTRACT);
      const foreign = message.replace(/Nonce: \w+/, 'Nonce: 0123456789abcdef');
      expect((await verify(foreign, await signed(foreign))).body.code).toBe('WALLET_NONCE_UNKNOWN');
      expect((await signIn(newKey())).status).toBe(200);
      expect(node.asked).toEqual([]);
    });
  });

  describe('on an account', () => {
    const waysIn = async (token: string) => (await rest.get('/auth/ways-in', { token })).body;
    const unlink = (token: string, address: string, proof: object = PASSWORD) =>
      rest.post(`/auth/wallets/${address}/unlink`, proof, { token });

    it('are linked and unlinked, both written down, and sign in to it in between', async () => {
      const person = await register();
      const key = newKey();
      expect((await linkTo(person.token, key)).body).toEqual({ address: key.address, chainId: 1, linkedAt: expect.any(String) });
      expect((await linkTo(person.token, key)).status).toBe(201); // it is there already
      expect((await signIn(key)).body).toMatchObject({ registered: false, user: { id: person.id, email: person.email } });
      expect((await waysIn(person.token)).wallets).toHaveLength(1);
      expect((await unlink(person.token, key.address)).status).toBe(204);
      expect((await unlink(person.token, key.address)).body.code).toBe('WALLET_NOT_FOUND');
      expect((await signIn(key)).body.registered).toBe(true);
      const audit = await db.database.prisma.auditEntry.findMany({ where: { actorId: person.id }, orderBy: { id: 'asc' } });
      expect(audit.map(({ action }) => action)).toEqual(['account.registered', 'wallet.linked', 'wallet.unlinked']);
      expect(JSON.parse(audit[1]!.detail!)).toEqual({ wallet: key.address, chainId: 1 });
    });

    it('belong to one account', async () => {
      const key = newKey();
      await signIn(key);
      const person = await register();
      const refused = await linkTo(person.token, key);
      expect([refused.status, refused.body.code]).toEqual([409, 'WALLET_TAKEN']);
      expect((await unlink(person.token, key.address)).body.code).toBe('WALLET_NOT_FOUND');
    });

    it('are ten at most', async () => {
      const person = await createPerson(db.database);
      const token = api.tokenFor(person);
      const keys = Array.from({ length: 9 }, () => newKey());
      const rows = keys.map((key) => ({ address: key.address.toLowerCase(), userId: person.id, chainId: 1 }));
      await db.database.prisma.wallet.createMany({ data: rows });
      const linkAnother = async () => linkTo(token, newKey(), await confirmedBy(keys[0]!, token));
      const answers = await Promise.all([linkAnother(), linkAnother(), linkAnother()]);
      expect(outcomes(answers)).toEqual(['WALLET_LIMIT', 'WALLET_LIMIT', 'linked']);
    });

    it('the last way in stays when all are taken away at once', async () => {
      for (let round = 0; round < 5; round++) {
        const keys = [newKey(), newKey(), newKey()];
        const { body } = await signIn(keys[0]!);
        const proof = () => confirmedBy(keys[0]!, body.token);
        for (const key of keys.slice(1)) expect((await linkTo(body.token, key, await proof())).status).toBe(201);
        const proofs = await Promise.all(keys.map((key) => confirmedBy(key, body.token))); // each wallet signs for its own removal
        const answers = await Promise.all(keys.map((key, i) => unlink(body.token, key.address, proofs[i])));
        expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([204, 204, 409]);
        expect((await waysIn(body.token)).wallets).toHaveLength(1);
      }
    });

    it('the last way in stays when wallet and password are taken away at once', async () => {
      for (let round = 0; round < 3; round++) {
        const person = await register();
        const key = newKey();
        await linkTo(person.token, key);
        const [wallet, password] = await Promise.all([
          unlink(person.token, key.address),
          rest.post('/auth/password/remove', { current: person.password }, { token: person.token }),
        ]);
        expect([wallet.status, password.status].sort((a, b) => a - b)).toEqual([204, 409]); // LAST_WAY_IN, or EDIT_CONFLICT of the proof
        const left = await waysIn(person.token);
        expect([left.wallets.length, left.hasPassword]).toEqual(wallet.status === 204 ? [0, true] : [1, false]);
      }
    });

    it('of many that register the same wallet at once, all end in the same account', async () => {
      const key = newKey();
      const messages = await Promise.all(Array.from({ length: 6 }, () => ask(key.address)));
      const answers = await Promise.all(messages.map(async ({ message }) => verify(message, await key.signMessage({ message }))));
      expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
      expect(new Set(answers.map(({ body }) => body.user.id)).size).toBe(1);
      expect(answers.filter(({ body }) => body.registered)).toHaveLength(1);
    });

    it('of two accounts that link the same wallet at once, one gets it', async () => {
      const [one, two] = [await register(), await register()];
      const key = newKey();
      const answers = await Promise.all([linkTo(one.token, key), linkTo(two.token, key)]);
      expect(outcomes(answers)).toEqual(['WALLET_TAKEN', 'linked']);
    });
  });

  describe('e-mail and password', () => {
    it('are added to a wallet’s account, changed with the old one, and taken off again', async () => {
      const key = newKey();
      const { body } = await signIn(key);
      const { token } = body;
      const set = async (input: object, proof?: object) =>
        rest.post('/auth/password', { ...input, ...(proof ?? (await confirmedBy(key, token))) }, { token });
      const email = `added${++serial}@example.com`;
      expect((await set({ password: 'a long passphrase' })).body.errors[0].field).toBe('email');
      expect((await set({ email, password: 'a long passphrase' })).status).toBe(204);
      const login = (password: string) => rest.post('/auth/login', { email, password });
      const elsewhere = await login('a long passphrase');
      expect(elsewhere.body.user.id).toBe(body.user.id);

      expect((await set({ password: 'another passphrase' }, {})).body.code).toBe('CONFIRMATION_NEEDED');
      expect((await set({ password: 'another passphrase' }, { current: 'a wrong one' })).body.code).toBe('WRONG_PASSWORD');
      expect((await set({ password: 'another passphrase' }, { current: 'a long passphrase' })).status).toBe(204);
      expect((await login('a long passphrase')).status).toBe(401);
      expect((await login('another passphrase')).status).toBe(200);
      // A password is changed because another person may know it.
      expect((await rest.get('/auth/sessions', { token })).body.items).toHaveLength(1 + 1);

      expect((await rest.post('/auth/password/remove', { current: 'nonsense' }, { token })).body.code).toBe('WRONG_PASSWORD');
      expect((await rest.post('/auth/password/remove', { current: 'another passphrase' }, { token })).status).toBe(204);
      expect((await rest.get('/auth/me', { token })).body.email).toBeNull();
      expect((await login('another passphrase')).status).toBe(401);
      const audit = await db.database.prisma.auditEntry.findMany({ where: { actorId: body.user.id }, orderBy: { id: 'asc' } });
      expect(audit.map(({ action }) => action)).toEqual(['account.registered', 'password.added', 'password.changed', 'password.removed']);
    });

    it('wrong passwords are limited here as they are at sign-in, for this session alone', async () => {
      const person = await register();
      const attempt = () =>
        rest.post('/auth/password', { password: 'another passphrase', current: 'a wrong one' }, { token: person.token });
      for (let i = 0; i < 10; i++) expect((await attempt()).body.code).toBe('WRONG_PASSWORD');
      expect((await attempt()).body.code).toBe('ACCOUNT_LOCKED');
      const { body } = await rest.post('/auth/login', person);
      const elsewhere = { password: 'another passphrase', current: person.password };
      expect((await rest.post('/auth/password', elsewhere, { token: body.token })).status).toBe(204);
    });
  });

  describe('the owner of an account', () => {
    const change = {
      password: (token: string, proof: object) =>
        rest.post('/auth/password', { email: `owner${++serial}@example.com`, password: 'a thief’s passphrase', ...proof }, { token }),
      removal: (token: string, proof: object) => rest.post('/auth/password/remove', proof, { token }),
      link: (token: string, proof: object) => linkTo(token, newKey(), proof),
      unlink: (token: string, proof: object, key: PrivateKeyAccount) => rest.post(`/auth/wallets/${key.address}/unlink`, proof, { token }),
      payout: (token: string, proof: object) =>
        rest.post('/payout-details', { method: 'bank', holder: 'Thief', iban: 'DE89370400440532013000', ...proof }, { token }),
      payoutRemoval: (token: string, proof: object) => rest.post('/payout-details/remove', proof, { token }),
      device: (token: string, proof: object) => rest.post(`/auth/sessions/${crypto.randomUUID()}/end`, proof, { token }),
      devices: (token: string, proof: object) => rest.post('/auth/sessions/end-others', proof, { token }),
    };
    const names = Object.keys(change) as (keyof typeof change)[];

    it.each(names)('is asked for a proof, which a session alone is not: %s', async (name) => {
      const key = newKey();
      const { token } = (await signIn(key)).body;
      expect((await change[name](token, {}, key)).body.code).toBe('CONFIRMATION_NEEDED');
      expect((await change[name](token, { current: 'there is none' }, key)).body.code).toBe('WRONG_PASSWORD');
      const person = await register();
      expect((await change[name](person.token, {}, key)).body.code).toBe('CONFIRMATION_NEEDED');
      expect((await change[name](person.token, { current: 'a wrong one' }, key)).body.code).toBe('WRONG_PASSWORD');
    });

    it.each(names)('is not proved by a signature that is not for this: %s', async (name) => {
      const [key, strange] = [newKey(), newKey()];
      const { token } = (await signIn(key)).body;
      const other = (await signIn(key)).body.token as string; // another session of the same account
      const forSignIn = await ask(key.address);
      const forLink = await ask(key.address, { token });
      const signed = async ({ message }: Nonce) => ({ signed: { message, signature: await key.signMessage({ message }) } });
      expect((await change[name](token, await signed(forSignIn), key)).body.code).toBe('WALLET_WRONG_PURPOSE');
      expect((await change[name](token, await signed(forLink), key)).body.code).toBe('WALLET_WRONG_PURPOSE');
      expect((await change[name](token, await confirmedBy(key, other), key)).body.code).toBe('WALLET_WRONG_PURPOSE');
      expect((await change[name](token, await confirmedBy(strange, token), key)).body.code).toBe('WALLET_NOT_FOUND');
      const { message } = await ask(key.address, { token, purpose: 'confirm' });
      const forged = { signed: { message, signature: await strange.signMessage({ message }) } };
      expect((await change[name](token, forged, key)).body.code).toBe('WALLET_WRONG_SIGNATURE');
    });

    it('is proved by one signature for one change', async () => {
      const key = newKey();
      const { token } = (await signIn(key)).body;
      const proof = await confirmedBy(key, token);
      expect((await linkTo(token, newKey(), proof)).status).toBe(201);
      expect((await linkTo(token, newKey(), proof)).body.code).toBe('WALLET_NONCE_USED');
      const again = await confirmedBy(key, token);
      const answers = await Promise.all([linkTo(token, newKey(), again), linkTo(token, newKey(), again)]);
      expect(outcomes(answers)).toEqual(['WALLET_NONCE_USED', 'linked']);
    });

    it('without password and wallet is proved by a sign-in of the last five minutes', async () => {
      const person = await createPerson(db.database);
      const token = api.tokenFor(person);
      const linkNow = () => linkTo(token, newKey(), {});
      await db.database.prisma.session.updateMany({ where: { userId: person.id }, data: { createdAt: new Date(Date.now() - 301_000) } });
      expect((await linkNow()).body.code).toBe('CONFIRMATION_NEEDED');
      await db.database.prisma.session.updateMany({ where: { userId: person.id }, data: { createdAt: new Date(Date.now() - 200_000) } });
      expect((await linkNow()).status).toBe(201);
      expect((await linkNow()).body.code).toBe('CONFIRMATION_NEEDED'); // there is a wallet now
    });

    it('gets an e-mail of each change at the confirmed address, and may sign the other devices out with it', async () => {
      const person = await register();
      const key = newKey();
      const kinds = async () => {
        const rows = await db.database.prisma.emailMessage.findMany({ where: { recipient: person.email, kind: 'account-changed' } });
        return rows.map(({ subject }) => subject);
      };
      await linkTo(person.token, newKey());
      expect(await kinds()).toEqual([]); // the address is not confirmed: it may be another person's
      await db.database.prisma.user.updateMany({ where: { id: person.id }, data: { emailVerifiedAt: new Date() } });
      const elsewhere = (await rest.post('/auth/login', person)).body.token as string;
      expect((await linkTo(person.token, key, { ...PASSWORD, signOutOthers: true })).status).toBe(201);
      expect((await rest.get('/auth/me', { token: elsewhere })).status).toBe(401);
      await rest.post('/auth/password', { ...PASSWORD, password: 'another passphrase' }, { token: person.token });
      const unlinked = { current: 'another passphrase' };
      const [other] = (await rest.get('/auth/ways-in', { token: person.token })).body.wallets;
      await rest.post(`/auth/wallets/${other.address}/unlink`, unlinked, { token: person.token });
      await rest.post('/auth/password/remove', await confirmedBy(key, person.token), { token: person.token });
      expect(await kinds()).toEqual([
        'A wallet was linked to your account',
        'Your password was changed',
        'A wallet was unlinked from your account',
        'E-mail and password were removed',
      ]);
    });
  });

  it('a name can be changed', async () => {
    const { body } = await signIn(newKey());
    const { token } = body;
    expect((await rest.patch('/auth/me', { fullName: ' Émile Zola ' }, { token })).body.fullName).toBe('Émile Zola');
    expect((await rest.get('/auth/me', { token })).body.fullName).toBe('Émile Zola');
    expect((await rest.patch('/auth/me', { fullName: '' }, { token })).status).toBe(400);
    const user = await db.database.prisma.user.findUniqueOrThrow({ where: { id: body.user.id } });
    expect(user.searchName).toBe('emile zola');
  });
});
