/**
 * What a learner's module may import inside a realm: AWS SDK clients, and the few built-in modules that need no machine.
 *
 * Every other module is refused by name with a way out, and so are the members that a module lacks. The refusal is told to the
 * world: catching the error does not hide it. The bundler refuses most of it earlier, with a line number.
 */

import { bufferModule } from './buffer.ts';
import { makeNodeUtil } from './callbacks-and-text.ts';
import type { RealmEnvironment } from './environment.ts';
import { refuse } from './environment-now.ts';
import { freezeDeep } from './intrinsics.ts';
import { typesOfUtil } from './kinds-of-values.ts';
import { makeNodeCrypto } from './node-crypto.ts';
import { NODE_NAMES, type NodeMembers } from './node-names.ts';
import type { RealmRandom } from './random.ts';
import { fillWithRefusals } from './refusals.ts';
import { timerPromises } from './timer-promises.ts';
import { RealmURL, RealmURLSearchParams } from './url.ts';
import type { RealmCrypto } from './web-crypto.ts';

export interface ModuleSources {
  readonly current: () => RealmEnvironment;
  readonly sdk: (name: string) => unknown;
  readonly random: RealmRandom;
  readonly crypto: RealmCrypto;
  readonly timers: Readonly<Record<string, unknown>>;
  readonly performance: object;
  readonly process: () => object;
}

/** Why a built-in module is not there, and what to use instead. */
const REFUSED: Readonly<Record<string, string>> = {
  fs: 'A lab has no files. Keep state in DynamoDB, or data in your source.',
  net: 'A lab has no sockets. Reach AWS through its SDK clients.',
  tls: 'A lab has no sockets. Reach AWS through its SDK clients.',
  dgram: 'A lab has no sockets. Reach AWS through its SDK clients.',
  http: 'A lab has no network. Reach AWS through its SDK clients.',
  https: 'A lab has no network. Reach AWS through its SDK clients.',
  http2: 'A lab has no network. Reach AWS through its SDK clients.',
  child_process: 'A lab has no other processes. Invoke another function through the Lambda client.',
  worker_threads: 'A lab has no threads. Invoke another function through the Lambda client.',
  cluster: 'A lab has no other processes. Invoke another function through the Lambda client.',
  vm: 'A lab runs no code from strings.',
  module: 'A lab loads only the files of the lab and the AWS SDK.',
  async_hooks: 'A lab follows no asynchronous context, as that needs the engine. Pass what you need as an argument.',
  stream: 'A lab has no streams. Work on whole texts, Buffers and arrays.',
};

/** A module as a lab has it, without the members that it refuses. */
interface BuiltModule {
  readonly names: NodeMembers;
  readonly label: string;
  readonly advice: string;
  make(): object;
}

/** Makes the `require` that bundles are given. */
export function makeRequire(sources: ModuleSources): (name: string) => unknown {
  const built = builtModules(sources);
  const made = new Map<string, object>();
  // A bundle can write on the function that it is given: frozen, or a note would stay there for the next run.
  return Object.freeze((name: string) => {
    if (name.startsWith('@aws-sdk/') || name.startsWith('@smithy/')) return sources.sdk(name);
    const plain = name.replace(/^node:/, '');
    if (plain === 'process') return sources.process();
    const known = made.get(plain);
    if (known !== undefined) return known;
    const module = Object.hasOwn(built, plain) ? built[plain] : undefined;
    if (module === undefined) return refuseModule(name, Object.keys(built));
    const whole = furnishModule(module);
    made.set(plain, whole);
    return whole;
  });
}

/** Made when it is first imported, which most handlers never do, and for good: nothing can be left behind in it. */
function furnishModule({ make, label, names, advice }: BuiltModule): object {
  const module = fillWithRefusals(make(), label, names, advice);
  freezeDeep([module]);
  return module;
}

function refuseModule(name: string, known: readonly string[]): never {
  const root = name.replace(/^node:/, '').split('/')[0] ?? name;
  const modules = [...known, 'process'].map((module) => `node:${module}`).join(', ');
  return refuse(
    `Your code imports «${name}».`,
    REFUSED[root] ?? `A lab has these modules: the AWS SDK and ${modules}.`,
  );
}

function builtModules(sources: ModuleSources): Readonly<Record<string, BuiltModule>> {
  const { timers, performance } = sources;
  const ofPromises = 'A lab’s timers/promises has setTimeout, setImmediate, setInterval and scheduler.';
  const types = (): object =>
    fillWithRefusals(
      { ...typesOfUtil },
      'util.types',
      NODE_NAMES['node:util/types'],
      'Only the engine knows this of a value. Tell such values apart by a property of your own.',
    );
  return {
    buffer: builtModule('buffer', 'node:buffer', 'A lab’s buffer has Buffer, atob, btoa, isUtf8 and isAscii.', () => ({
      ...bufferModule,
    })),
    crypto: builtModule(
      'crypto',
      'node:crypto',
      'A lab has hashes (createHash, hash), createHmac, timingSafeEqual, and random values; leave other cryptography out of the code that you prove.',
      () => makeNodeCrypto(sources.random, sources.crypto),
    ),
    timers: builtModule('timers', 'node:timers', ofPromises, () => {
      const { queueMicrotask: _global, ...ofTimers } = timers;
      return { ...ofTimers, promises: timerPromises };
    }),
    'timers/promises': builtModule('timersPromises', 'node:timers/promises', ofPromises, () => ({ ...timerPromises })),
    // Libraries import it for what a lab never asks of them.
    zlib: builtModule('zlib', 'node:zlib', 'A lab has no zlib. Leave data as it is, or shorten it.', () => ({})),
    perf_hooks: builtModule('perf_hooks', 'node:perf_hooks', 'A lab has performance.now(), in virtual time.', () => ({
      performance,
    })),
    url: builtModule('url', 'node:url', 'Take addresses apart with new URL(…); a lab has no files.', () => ({
      URL: RealmURL,
      URLSearchParams: RealmURLSearchParams,
    })),
    util: builtModule('util', 'node:util', 'Use console.log, JSON.stringify, or the language’s own means.', () => ({
      ...makeNodeUtil(),
      types: types(),
    })),
    'util/types': { label: 'util.types', names: NODE_NAMES['node:util/types'], advice: '', make: types },
  };
}

function builtModule(label: string, name: keyof typeof NODE_NAMES, advice: string, make: () => object): BuiltModule {
  return { label, names: NODE_NAMES[name], advice, make };
}
