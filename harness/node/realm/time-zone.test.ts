/**
 * A handler's local time is UTC while its host is open, in any time zone of the machine; afterwards it is the machine's
 * again.
 */

import process from 'node:process';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { bundlePrelude } from '../bundling/prelude-script.ts';
import { InRealmHost } from './host.ts';
import { holdUtc } from './time-zone.ts';

const before = process.env.TZ;
const nineInTheMorning = new Date('2026-01-05T09:00:00Z');

afterEach(() => {
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});

describe('the time zone of a host in this process', () => {
  it('is UTC while it is open, and the machine’s again when it is closed', async () => {
    process.env.TZ = 'Asia/Tokyo';
    expect(nineInTheMorning.getHours()).toBe(18);
    const host = new InRealmHost({ prelude: await bundlePrelude(), sdk: '() => ({})', modules: [] });
    onTestFinished(() => host.close());
    expect(nineInTheMorning.getHours()).toBe(9);
    host.close();
    expect(nineInTheMorning.getHours()).toBe(18);
  });

  it('stays UTC until the last of several is closed, even if one is closed repeatedly', () => {
    process.env.TZ = 'Asia/Tokyo';
    const [first, second] = [holdUtc(), holdUtc()];
    onTestFinished(second);
    first();
    first();
    expect(nineInTheMorning.getHours()).toBe(9);
    second();
    expect(nineInTheMorning.getHours()).toBe(18);
  });
});
