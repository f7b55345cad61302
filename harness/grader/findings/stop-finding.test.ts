/**
 * The finding for code that the host stopped: its kind is the reason, and it has the line if the host knows it.
 */

import { describe, expect, it } from 'vitest';
import { HostStopped } from '../../host/stopped.ts';
import { findingOfStop } from './stop-finding.ts';

const LINE = { file: 'src/f.ts', line: 3, column: 1 };

describe('a finding about code that was stopped', () => {
  it.each([
    ['hang', 'never gives control back'],
    ['memory', 'took 200 MB of memory'],
    ['died', 'ended by itself'],
    ['output', 'produced 200 MB'],
    ['slow', 'computed for 200 MB'],
  ] as const)('says that the reason is %s', (reason, words) => {
    const finding = findingOfStop(new HostStopped(reason, '200 MB'), () => undefined);
    expect(finding).toMatchObject({ kind: reason, message: expect.stringContaining(words) as unknown });
    expect(finding).not.toHaveProperty('frame');
  });

  it('names the line where the code was', () => {
    const stopped = new HostStopped('hang', '', { module: 'f', line: 9, column: 9 });
    expect(findingOfStop(stopped, () => LINE).frame).toEqual(LINE);
  });
});
