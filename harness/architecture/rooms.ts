/**
 * Who may import whom: rooms point downwards, services stay strangers, the kernel knows nobody.
 *
 * A room is a folder directly below `harness/`. The same order stands in ARCHITECTURE.md. Tests are not bound by it:
 * they may stand anywhere and look at anything.
 */

import { type Import, importsOf } from './imports.ts';
import type { BrokenRule, SourceFile } from './source-files.ts';

/** From the top. A room may import itself and every room after it. */
export const ROOMS = [
  'cli',
  'course',
  'explore',
  'targets',
  'node',
  'browser',
  'grader',
  'scenario',
  'platform',
  'host',
  'simulator',
  'words',
] as const;
type Room = (typeof ROOMS)[number];

/** Folders directly below `harness/` that are no rooms, each with the reason: no room imports them. */
const NO_ROOMS: Readonly<Record<string, string>> = {
  architecture: 'holds these rules; reads every file and is part of no program',
  bench: 'measures the rooms from outside',
  bin: 'the way in, in JavaScript that Node 20 reads: it looks for a Node that can read the rest',
  oracles: 'compares services with other people’s simulators, which it installs for itself',
  mutations: 'runs the services’ tests against services that are wrong on purpose',
};

/** Contracts that every room above the simulator may read the types of. */
const CONTRACTS: readonly string[] = ['harness/grader/result.ts', 'harness/course/lab.ts'];

/** Belongs to no room: the one fact about the package that anyone may print. */
const VERSION = 'harness/version.ts';

/** The lists of what services could get wrong; harness/mutations reads them, and it is no room. */
const MUTATIONS = /^harness\/simulator\/services\/[^/]+\/mutations\.ts$/;

/** What fixtures and doubles may import beside what any room may: they draw values and expect things, as tests do. */
const FOR_TESTS: readonly string[] = ['vitest', 'fast-check'];

/** The packages that a room may import, and whether it may use Node's own modules. `@aws-sdk/*` covers the scope. */
const ALLOWED: Readonly<Record<Room, { readonly packages: readonly string[]; readonly node: boolean }>> = {
  cli: {
    packages: ['@stryker-mutator/instrumenter', 'ajv', 'ctrf', 'typescript', 'vitest', 'yaml'],
    node: true,
  },
  course: { packages: ['@aws-sdk/*', 'yaml'], node: false },
  explore: { packages: [], node: true },
  targets: { packages: ['@aws-sdk/*', '@smithy/core', '@testcontainers/localstack', 'esbuild', 'yaml'], node: true },
  node: { packages: ['esbuild', 'typescript'], node: true },
  browser: { packages: ['@noble/hashes'], node: false },
  grader: { packages: ['yaml'], node: false },
  scenario: { packages: [], node: false },
  platform: { packages: [], node: false },
  host: {
    packages: ['@aws-sdk/*', '@smithy/core', '@jridgewell/trace-mapping', '@noble/hashes', 'buffer'],
    node: false,
  },
  simulator: { packages: ['@noble/hashes', 'yaml'], node: false },
  words: { packages: [], node: false },
};

/** The rules that one file breaks by what it imports. */
export function checkImports(file: SourceFile): BrokenRule[] {
  const room = roomOf(file.path);
  if (room === null) return [];
  return importsOf(file).flatMap((wanted) => {
    const message =
      wanted.path === undefined
        ? refusePackage(room, file.path, wanted)
        : refusePath(room, file.path, wanted.path, wanted);
    return message === null ? [] : [{ path: file.path, line: wanted.line, message }];
  });
}

/** Every folder below `harness/` is a room or is listed with a reason, and every room that is listed is there. */
export function checkFolders(files: readonly SourceFile[]): BrokenRule[] {
  const folders = new Map<string, string>();
  for (const { path } of files) {
    const [top, folder, ...inside] = path.split('/');
    if (top === 'harness' && folder !== undefined && inside.length > 0) folders.set(folder, path);
  }
  const listed = [...ROOMS, ...Object.keys(NO_ROOMS)];
  const unlisted = [...folders].filter(([folder]) => !listed.includes(folder));
  const missing = listed.filter((name) => !folders.has(name));
  return [
    ...unlisted.map(([folder, path]) => ({
      path,
      message:
        `stands in harness/${folder}/, which is no room: no rule says who may import it. Put it into the room that it belongs to, ` +
        'or name the folder in ROOMS, or in NO_ROOMS with the reason.',
    })),
    ...missing.map((name) => ({
      path: `harness/${name}/`,
      message: 'is listed in rooms.ts and is not there. Take it off the list.',
    })),
  ];
}

/** The room of a file that must run in a browser too; null if it stands elsewhere, or is there for tests, which run in Node. */
export function roomInBrowser(path: string): string | null {
  const room = roomOf(path);
  return room === null || ALLOWED[room].node || isForTests(path) ? null : room;
}

function roomOf(path: string): Room | null {
  const [top, room] = path.split('/');
  return top === 'harness' ? (ROOMS.find((name) => name === room) ?? null) : null;
}

function refusePackage(room: Room, from: string, { specifier, packageName }: Import): string | null {
  if (isForTests(from)) return refuseInFixture(packageName);
  if (isKernel(from)) return `imports «${specifier}»; the kernel imports nothing outside the kernel.`;
  const { node } = ALLOWED[room];
  if (packageName === undefined) {
    return node
      ? null
      : `imports «${specifier}»; the room ${room} runs in a browser too. Ask the platform (platform/platform.ts), or stand in node/.`;
  }
  if (mayUse(room, packageName)) return null;
  return `imports the package «${packageName}», which the room ${room} does not use. If it must, add it to ALLOWED and say why.`;
}

/** Tests run in Node, and so do their fixtures, whatever room they stand in. */
function refuseInFixture(packageName: string | undefined): string | null {
  if (packageName === undefined || FOR_TESTS.includes(packageName)) return null;
  if (ROOMS.some((room) => mayUse(room, packageName))) return null;
  return `imports the package «${packageName}», which no room uses. If it must, add it to ALLOWED and say why.`;
}

function mayUse(room: Room, packageName: string): boolean {
  return ALLOWED[room].packages.some(
    (name) => name === packageName || (name.endsWith('/*') && packageName.startsWith(name.slice(0, -1))),
  );
}

function refusePath(room: Room, from: string, to: string, { typeOnly }: Import): string | null {
  if (to === VERSION && room !== 'simulator') return null;
  if (MUTATIONS.test(to)) return `imports ${to}; what a service could get wrong is for \`npm run mutations\` alone.`;
  const target = roomOf(to);
  if (target === null) return `imports ${to}, which is no room of the harness.`;
  if (isKernel(from) && !isKernel(to)) return `imports ${to}; the kernel imports nothing outside the kernel.`;
  const service = serviceOf(from);
  const otherService = serviceOf(to);
  if (service !== null && otherService !== null && service !== otherService) {
    return `imports ${to}; services never import one another. Answer with an effect, and let the world route it.`;
  }
  const lab = labOf(from);
  const otherLab = labOf(to);
  if (lab !== null && otherLab !== null && lab !== otherLab) {
    return `imports ${to}; labs never import one another. What two labs need belongs to the kit.`;
  }
  if (ROOMS.indexOf(room) <= ROOMS.indexOf(target)) return null;
  // The tests above the simulator look at anything, and so do their fixtures.
  if (isForTests(from) && room !== 'simulator') return null;
  if (typeOnly && room !== 'simulator' && CONTRACTS.includes(to)) return null;
  return `imports ${to}; imports point downwards: ${ROOMS.join(' > ')}.`;
}

function isKernel(path: string): boolean {
  return path.startsWith('harness/simulator/kernel/');
}

/** Fixtures and doubles that several tests share. */
function isForTests(path: string): boolean {
  return path.includes('/fixtures/') || path.endsWith('-for-tests.ts');
}

/** The lab that a file belongs to. The kit, which every lab imports, is no lab. */
export function labOf(path: string): string | null {
  return /^harness\/course\/(?!kit\/)([^/]+)\//.exec(path)?.[1] ?? null;
}

function serviceOf(path: string): string | null {
  return /^harness\/simulator\/services\/([^/]+)\//.exec(path)?.[1] ?? null;
}
