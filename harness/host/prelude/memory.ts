/**
 * Refuses buffers larger than the function's memory where they are created, with the learner's line.
 *
 * The engine's heap limit does not cover buffers, so one line could take the machine's memory. This file does not see many
 * small buffers add up; the process that runs the realm is watched for that.
 */

import type { RealmEnvironment } from './environment.ts';

const BYTES_PER_MB = 1_048_576;

type BufferConstructor = new (...args: unknown[]) => object;

/** Wraps the constructors that allocate outside the heap. */
export function limitAllocation(current: () => RealmEnvironment): void {
  const kinds = [
    'ArrayBuffer',
    'Uint8Array',
    'Int8Array',
    'Uint8ClampedArray',
    'Uint16Array',
    'Int16Array',
    'Uint32Array',
    'Int32Array',
    'Float16Array',
    'Float32Array',
    'Float64Array',
    'BigInt64Array',
    'BigUint64Array',
  ];
  for (const kind of kinds) {
    const Native = Reflect.get(globalThis, kind) as (BufferConstructor & { BYTES_PER_ELEMENT?: number }) | undefined;
    // Some browsers have no Float16Array yet.
    if (Native === undefined) continue;
    const bytesPerElement = Native.BYTES_PER_ELEMENT ?? 1;
    const Limited: BufferConstructor = new Proxy(Native, {
      construct(target, args: unknown[], newTarget): object {
        const [size] = args;
        if (typeof size === 'number' && size * bytesPerElement > BYTES_PER_MB) check(current(), size * bytesPerElement);
        return Reflect.construct(target, args, newTarget === Limited ? target : newTarget) as object;
      },
    });
    Object.defineProperty(Native.prototype, 'constructor', { value: Limited, configurable: true, writable: true });
    Object.defineProperty(globalThis, kind, { value: Limited, configurable: true, writable: true });
  }
}

function check(environment: RealmEnvironment, bytes: number): void {
  const limitMb = environment.settings.memorySizeMb;
  if (bytes <= limitMb * BYTES_PER_MB) return;
  environment.refuse(
    `Your code makes a buffer of ${Math.round(bytes / BYTES_PER_MB).toLocaleString('en-US')} MB.`,
    `The function has ${limitMb} MB (MemorySize); work in smaller pieces, or raise MemorySize.`,
  );
}
