import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { alone, LockTimeout } from '../../scripts/lib/alone.ts';

const folder = () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'assay-alone-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

describe('work that one process does at a time', () => {
  it('is never done by two at once, also where the one that did it was killed', { timeout: 120_000 }, async () => {
    const dir = folder();
    const [lock, log] = [path.join(dir, 'lock'), path.join(dir, 'log')];
    writeFileSync(log, '');
    const run = (rounds: number) => spawn(process.execPath, [path.join(import.meta.dirname, 'in-turn.ts'), lock, log, String(rounds)]);
    const lines = () => readFileSync(log, 'utf8').trim().split('\n');

    const killed = run(1);
    await vi.waitFor(() => expect(lines()).toEqual([`+${killed.pid}`]), { timeout: 20_000 });
    const others = Array.from({ length: 4 }, () => run(5));
    const ended = others.map((one) => once(one, 'exit'));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(lines()).toEqual([`+${killed.pid}`]);
    killed.kill('SIGKILL');
    expect(await Promise.all(ended)).toEqual(others.map(() => [0, null]));
    const written = lines().slice(1);
    expect(written).toHaveLength(2 * 4 * 5);
    for (const [i, line] of written.entries()) if (i % 2 === 1) expect(line).toBe(written[i - 1]!.replace('+', '-'));
  });

  it('says once that it waits, and gives up in the end', async () => {
    const lock = path.join(folder(), 'lock');
    const say = vi.fn();
    const waiting = { sayAfterMs: 50, say, maxMs: 400 };
    await alone(lock, waiting, () => expect(alone(lock, waiting, () => Promise.resolve())).rejects.toThrow(LockTimeout));
    expect(say).toHaveBeenCalledTimes(1);
    expect(await alone(lock, waiting, () => Promise.resolve('done'))).toBe('done');
  });
});
