import { spawnSync } from 'node:child_process';
import { ROOT } from '@assay/api';
import { FLAG_NAMES, type FlagHistoryPage, type FlagList } from '@assay/contract';
import { testEnvironment, useDatabase } from '@assay/testing';
import { describe, expect, it } from 'vitest';

// The use cases run on both engines elsewhere: this is about the commands.
describe('the commands of feature flags', () => {
  const db = useDatabase('sqlite');

  let variables: Record<string, string> = {};
  function run(script: string, ...args: string[]) {
    const env = { ...process.env, ...testEnvironment(db.url, { RATING_ROLLOUT_PERCENTAGE: '10', ...variables }) };
    const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/${script}.ts`, ...args], { cwd: ROOT, env, encoding: 'utf8' });
    return { status, stdout, stderr };
  }
  const flags = (...args: string[]) => run('flags', ...args);
  const json = (...args: string[]): unknown => JSON.parse(flags(...args, '--json').stdout);

  it('change a flag, show it, its history, and take changes back', () => {
    expect(flags('rollout', 'seller-ratings', '25')).toMatchObject({ status: 0, stdout: 'seller-ratings is on for 25 %.\n', stderr: '' });
    expect(json('kill', 'seller-ratings')).toMatchObject({ name: 'seller-ratings', killed: true, rolloutPercentage: 25 });
    expect(flags('list').stdout).toMatch(/^seller-ratings +killed\nseller-unified-api +on for 100 %\n/);
    expect(flags('undo', 'seller-ratings').stdout).toBe('seller-ratings is on for 25 %.\n');
    expect((json('history', 'seller-ratings') as FlagHistoryPage).items.map(({ action }) => action)).toEqual(['undo', 'kill', 'rollout']);
    expect(flags('undo', 'seller-unified-api')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/no change to undo/),
    });
  });

  it.each([
    [['rollout', 'seller-ratings', '101'], /A percentage is a whole number from 0 to 100, not "101"/],
    [['off', 'seller-rating'], /There is no flag "seller-rating"\. There are: seller-ratings, seller-unified-api/],
    [['explode', 'seller-ratings'], /There is no command "explode"/],
    [['list', '--loud'], /--loud/],
  ] as const)('refuse %j before anything is opened', (args, why) => {
    expect(flags(...args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(why) });
  });

  it('open a flag step by step, and let a person steer it', () => {
    flags('rollout', 'seller-ratings', '10');
    expect(flags('guard', 'seller-ratings', '--phases', '25,10').stderr).toMatch(/Each phase is larger/);
    const { status, stdout } = flags('guard', 'seller-ratings', '--phases', '25,100', '--wait', '30');
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/^seller-ratings +running, 25 % of 25, 100; the next phase at .* at the earliest\n$/),
    ]);
    expect(flags('show', 'seller-ratings').stdout).toMatch(/on for 25 %/);
    expect(json('pause', 'seller-ratings')).toMatchObject({ status: 'paused', waitMinutes: 30, startPercentage: 10 });
    expect(flags('resume', 'seller-ratings').status).toBe(0);
    expect(flags('stop', 'seller-ratings').stdout).toMatch(/^seller-ratings +stopped, 25 %/);
    expect(flags('stop', 'seller-ratings')).toMatchObject({ status: 1, stderr: expect.stringMatching(/stopped: that cannot be done now/) });
    expect(flags('rollouts').stdout).toMatch(/^seller-ratings +stopped/);
    expect(flags('pause', 'seller-tier-system')).toMatchObject({ status: 1, stderr: expect.stringMatching(/Rollout not found/) });
  });

  it('roll one feature back, and all of them when that is meant', () => {
    expect(run('rollback-feature', 'seller-tier-system')).toMatchObject({ status: 0, stdout: 'seller-tier-system is off.\n' });
    const asked = run('rollback-all-seller-features'); // no terminal is there to say yes
    expect(asked).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/Add --yes/) });
    expect(flags('show', 'seller-ratings').stdout).toMatch(/is +on for 25 %[^]*changed +.* by a command, version 5/);
    const { status, stdout } = run('rollback-all-seller-features', '--yes', '--json');
    expect([status, (JSON.parse(stdout) as FlagList).items.map(({ enabled }) => enabled)]).toEqual([0, FLAG_NAMES.map(() => false)]);
  });

  it('show what the environment locks off', () => {
    flags('on', 'seller-ratings');
    flags('rollout', 'seller-ratings', '30');
    variables = { ENABLE_RATING_FEATURE: 'false' };
    expect(flags('show', 'seller-ratings').stdout).toMatch(/^is +on for 30 %, locked off by ENABLE_RATING_FEATURE$/m);
    expect(flags('on', 'seller-ratings').stdout).toBe('seller-ratings is on for 30 %, locked off by ENABLE_RATING_FEATURE.\n');
    variables = {};
    expect(flags('show', 'seller-ratings').stdout).toMatch(/^is +on for 30 %$/m);
  });
});
