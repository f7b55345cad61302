/**
 * Installs the packages that the lockfile pins, and recognises when that has been done.
 *
 * Plain JavaScript that Node 20 reads, no dependencies, no shell. No install script of any package runs. `node24.mjs` selects
 * the Node that runs the course afterwards.
 */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { PLATFORM, say } from './node24.mjs';

const NO_NPM =
  'npm was not found beside this Node. Install Node from nodejs.org, which brings npm, and run the command again.';

/** An outer `npm test -w …` sets these, and with them an inner `npm ci` would install only that workspace. */
const OUTER_NPM_SETTINGS = /^npm_config_(workspaces?|include_workspace_root|local_prefix|global|prefix|dry_run)$/i;

/**
 * Makes `node_modules` equal to the lockfile. Costs a hash of one file if nothing has to be done.
 * @returns the sentence that says why it failed, or null.
 */
export async function ensureInstalled(root) {
  const lockfile = readFileSync(join(root, 'package-lock.json'));
  const wanted = { lockfile: createHash('sha256').update(lockfile).digest('hex'), platform: PLATFORM };
  const stampFile = join(root, 'node_modules', '.raceproof-installed.json');
  const stamp = readJson(stampFile);
  if (stamp !== null && stamp.lockfile === wanted.lockfile && stamp.platform === wanted.platform) return null;

  const packages = Object.entries(JSON.parse(lockfile.toString('utf8')).packages).filter(isForThisMachine);
  if (!matchesInstalled(root, packages)) {
    if (stamp !== null && stamp.platform !== PLATFORM)
      say(`node_modules was installed on ${stamp.platform}; this machine is ${PLATFORM}.`);
    say(
      `Installing ${packages.length} packages as pinned in package-lock.json; this happens once and takes about a minute.`,
    );
    if (!isWritable(root)) return whyNot('EACCES', root);
    const npm = findNpm();
    if (npm === null) return NO_NPM;
    const { ended, stderr } = await npmCi(npm, root);
    // npm reports success even if files could not be written or an optional package is missing. Here those matter.
    if (!ended || /TAR_ENTRY_ERROR/.test(stderr) || !matchesInstalled(root, packages)) {
      rmSync(npmsList(root), { force: true });
      return whyNot(stderr, root);
    }
  }
  try {
    writeFileSync(stampFile, `${JSON.stringify(wanted)}\n`);
  } catch {
    // An installed folder that is read-only can be used. It is only checked again next time.
  }
  return null;
}

/** Whether npm installs this entry of the lockfile on this machine: not a link, and not another platform's binary. */
function isForThisMachine([path, entry]) {
  if (!path.includes('node_modules/') || entry.link) return false;
  const allows = (list, value) => list === undefined || list.includes(value);
  return allows(entry.os, process.platform) && allows(entry.cpu, process.arch) && allows(entry.libc, libc());
}

function libc() {
  return process.report?.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

/** Whether `npm ci` or `npm install` has already run: npm keeps a list of what it installed. */
function matchesInstalled(root, packages) {
  const installed = readJson(npmsList(root))?.packages;
  if (installed === undefined) return false;
  return packages.every(
    ([path, entry]) => installed[path]?.integrity === entry.integrity || mayBeAbsent(path, entry, installed),
  );
}

function npmsList(root) {
  return join(root, 'node_modules', '.package-lock.json');
}

/** Whether the package is inside an optional one that was left out, such as the WebAssembly fallback of a native binary. */
function mayBeAbsent(path, entry, installed) {
  return entry.optional === true && entry.os === undefined && installed[path] === undefined;
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** Runs `npm ci`; `ended` tells whether npm reported success. */
function npmCi(npm, root) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OUTER_NPM_SETTINGS.test(name)));
  const args = [
    npm,
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--loglevel=warn',
    '--no-audit',
    '--no-fund',
  ];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    const stop = (signal) => child.kill(signal);
    process.on('SIGINT', stop).on('SIGTERM', stop);
    const finish = (ended) => {
      process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
      resolve({ ended, stderr });
    };
    child.once('error', () => finish(false));
    child.once('close', (code) => finish(code === 0));
  });
}

/** The path of npm's own file: the npm that runs this script, the one beside this Node, or the one on the PATH. */
function findNpm() {
  const besideNode = dirname(process.execPath);
  const outer = process.env.npm_execpath ?? '';
  const candidates = [
    basename(outer) === 'npm-cli.js' ? outer : join(dirname(outer), 'npm-cli.js'),
    join(besideNode, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(besideNode, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    ...(process.env.PATH ?? '')
      .split(delimiter)
      .flatMap((folder) => [join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'), join(folder, 'npm')]),
  ];
  for (const candidate of candidates) {
    if (existsSync(candidate) && basename(realpathSync(candidate)) === 'npm-cli.js') return realpathSync(candidate);
  }
  return null;
}

function whyNot(stderr, root) {
  const says = (pattern) => pattern.test(stderr);
  const again = 'then run the command again';
  if (says(/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET/)) {
    return `The packages could not be fetched: this machine does not reach npm's registry. Connect to the network or set npm's proxy, ${again}. Afterwards the course works offline.`;
  }
  if (says(/ENOSPC/)) return `The packages do not fit: the disk that holds ${root} is full. Free about 1 GB, ${again}.`;
  if (says(/EACCES|EPERM|EROFS/))
    return `The packages could not be written: ${root} is not writable for you. Move the course to a folder of your own, ${again}.`;
  if (says(/EINTEGRITY/))
    return `A package is not the one that package-lock.json pins (npm: EINTEGRITY). Run «npm cache verify», ${again}.`;
  const errors = stderr
    .split('\n')
    .filter((line) => line.startsWith('npm error'))
    .join('\n');
  if (errors === '') return 'The installation was interrupted or is incomplete. Run the command again.';
  return `The installation failed. npm says:\n\n${errors}\n\nMend that, ${again}.`;
}
