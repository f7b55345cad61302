import { describe, expect, it } from 'vitest';
import { type ArgumentSpec, readArguments, usageOf } from './arguments.ts';
import { nearName } from './near-name.ts';

const spec: ArgumentSpec = {
  name: 'grade',
  positionals: ['lab', 'folder?'],
  options: {
    from: { type: 'value', says: 'a folder' },
    json: { type: 'flag', says: 'JSON' },
    seed: { type: 'number', says: 'a seed' },
  },
};

describe('arguments', () => {
  it('are positionals, flags, values and numbers in any order', () => {
    const given = readArguments(spec, ['--json', 'lost-update', '--seed', '42', '--from=here']);
    expect(given.positional(0)).toBe('lost-update');
    expect(given.positional(1)).toBe('');
    expect([given.flag('json'), given.value('from'), given.number('seed')]).toEqual([true, 'here', 42]);
  });

  it('take arguments after -- literally, even if they begin with a dash', () => {
    expect(readArguments(spec, ['--', '--json']).positional(0)).toBe('--json');
  });

  it('show which of them are optional', () => {
    expect(usageOf(spec)).toBe('npx --no raceproof grade <lab> [folder]');
  });
});

describe('the nearest name', () => {
  it.each([
    ['lost-upadte', 'lost-update'],
    ['LOST-UPDATE', 'lost-update'],
    ['lostupdate', 'lost-update'],
    ['dedup', 'dedupe'],
    ['semaphore', null],
    ['', null],
  ])('of «%s» is %s', (typed, near) => {
    expect(nearName(typed, ['lost-update', 'dedupe'])).toBe(near);
  });
});
