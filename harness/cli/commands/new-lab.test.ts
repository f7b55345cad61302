/**
 * `new-lab` in a copy of the whole course: a new lab compiles, runs and is accepted as unfinished; a refusal changes nothing.
 */

import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyLab } from '../../course/labs.ts';
import { toCome } from '../../course/to-come.ts';
import { type CourseCopy, copyCourse } from '../course-copy-for-tests.ts';
import { recordIo } from '../fixtures.ts';
import { readLabTree } from '../keeping/lab-tree.ts';
import { runCli } from '../run.ts';

const SLUG = 'a-new-lab';
const NEW = [
  `harness/course/${SLUG}/`,
  `labs/${SLUG}/`,
  `solutions/${SLUG}/`,
  `site/src/content/docs/labs/${SLUG}.mdx`,
];
/** The first number after all that are taken. */
const NUMBER = 1 + Math.max(...[...everyLab, ...toCome].map(({ number }) => number));
const CLI = 'harness/cli/main.ts';
const PATIENCE_MS = 600_000;

let copy: CourseCopy;
let before: ReadonlyMap<string, string>;

/** All files of the copy that a new lab could change. */
async function filesOf({ root }: CourseCopy): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const folder of ['harness/course', 'labs', 'solutions', 'site/src/content']) {
    for (const [path, text] of (await readLabTree(join(root, folder))) ?? []) files.set(`${folder}/${path}`, text);
  }
  return files.set('package-lock.json', await read('package-lock.json'));
}

const read = (path: string) => readFile(join(copy.root, path), 'utf8');
const write = (path: string, text: string) => writeFile(join(copy.root, path), text);
const newLab = async (slug: string, cwd = copy.root) => {
  const io = recordIo({ clone: copy, cwd });
  return { code: await runCli(['new-lab', slug], io), ...io.printed };
};
const courseCheck = () => copy.node(CLI, 'course-check', SLUG, '--in-realm');

/** Changes files of the copy for the duration of a test. */
async function changed(change: () => Promise<unknown>, test: () => Promise<void>): Promise<void> {
  const own = [`harness/course/${SLUG}`, `solutions/${SLUG}`];
  for (const path of own) await cp(join(copy.root, path), join(copy.root, 'kept', path), { recursive: true });
  try {
    await change();
    await test();
  } finally {
    for (const path of own) {
      await rm(join(copy.root, path), { recursive: true, force: true });
      await cp(join(copy.root, 'kept', path), join(copy.root, path), { recursive: true });
    }
    await rm(join(copy.root, 'kept'), { recursive: true });
  }
}

beforeAll(async () => {
  copy = await copyCourse();
  before = await filesOf(copy);
}, PATIENCE_MS);
afterAll(() => copy.remove());

describe('what can’t begin is refused in a sentence, and nothing is written:', () => {
  it.each([
    [
      'a name with odd letters',
      'Fan_Out!',
      '«Fan_Out!» is no name for a lab. Use lower-case letters, with dashes between words: npx --no raceproof new-lab fan-out.',
    ],
    [
      'a name without letters',
      '42',
      '«42» is no name for a lab. Use lower-case letters, with dashes between words: thread-pool.',
    ],
    [
      'a path',
      '../fan-out',
      '«../fan-out» is no name for a lab. Use lower-case letters, with dashes between words: npx --no raceproof new-lab fan-out.',
    ],
    [
      'a keyword of TypeScript',
      'new',
      '«new» is a word of TypeScript, and the lab is a constant of that name. Take another one.',
    ],
    [
      'an existing lab',
      'dedupe',
      'harness/course/dedupe is there already, so «dedupe» can’t begin anew. Take another name, or move it away.',
    ],
    [
      'a folder of the course that is no lab',
      'kit',
      'harness/course/kit is there already, so «kit» can’t begin anew. Take another name, or move it away.',
    ],
  ])('%s', async (_what, slug, says) => {
    expect(await newLab(slug)).toEqual({ code: 2, out: '', err: `${says}\n` });
    expect(await filesOf(copy)).toEqual(before);
  });

  it('a folder outside the clone', async () => {
    const { code, err } = await newLab(SLUG, join(copy.root, '..'));
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(`this folder lies outside it. Go there and run it again: cd ${copy.root}`),
    ]);
    expect(await filesOf(copy)).toEqual(before);
  });

  it.each(['harness/course/labs.ts', 'package-lock.json'])('a list of an unexpected shape: %s', async (path) => {
    const text = await read(path);
    await write(path, '{}');
    const { code, err } = await newLab(SLUG);
    expect([code, err]).toEqual([2, expect.stringContaining(`${path} is not as this command knows it`)]);
    await write(path, text);
    expect(await filesOf(copy)).toEqual(before);
  });
});

it('a lab that can’t be written leaves nothing behind', async () => {
  const [solutions, aside] = [join(copy.root, 'solutions'), join(copy.root, 'aside')];
  await rename(solutions, aside);
  await writeFile(solutions, 'no folder');
  const { code, err } = await newLab(SLUG);
  await rm(solutions);
  await rename(aside, solutions);
  expect([code, err]).toEqual([
    2,
    expect.stringContaining('What was written is gone again. Mend that, and try again.'),
  ]);
  expect(await filesOf(copy)).toEqual(before);
});

describe('a new lab', () => {
  beforeAll(async () => {
    const { code, out, err } = await newLab(SLUG);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`npm run course -- ${SLUG}`);
  });

  it('adds its own files, and lines to two others', async () => {
    const after = await filesOf(copy);
    const added = [...after.keys()].filter((path) => !before.has(path));
    expect(added.filter((path) => NEW.every((place) => !path.startsWith(place)))).toEqual([]);
    expect(NEW.filter((place) => added.every((path) => !path.startsWith(place)))).toEqual([]);
    const different = [...before].filter(([path, text]) => after.get(path) !== text).map(([path]) => path);
    expect(different).toEqual(['harness/course/labs.ts', 'package-lock.json']);
    for (const path of different) {
      const lines = new Set(after.get(path)?.split('\n'));
      expect((before.get(path) ?? '').split('\n').filter((line) => !lines.has(line))).toEqual([]);
    }
    const gained = new Set((before.get('harness/course/labs.ts') ?? '').split('\n'));
    expect((after.get('harness/course/labs.ts') ?? '').split('\n').filter((line) => !gained.has(line))).toEqual([
      "import { aNewLab } from './a-new-lab/lab.ts';",
      '  aNewLab,',
    ]);
  });

  it('names itself, and not the skeleton', async () => {
    const own = [...(await filesOf(copy))].filter(([path]) => NEW.some((place) => path.startsWith(place)));
    const left = own.filter(([path, text]) => /skeleton|The last seat|\b99\b/.test(`${path}\n${text}`));
    expect(left.map(([path]) => path)).toEqual([]);
    expect(await read(`harness/course/${SLUG}/lab.ts`)).toContain(`number: ${NUMBER},\n  slug: '${SLUG}',`);
    expect(await read(`labs/${SLUG}/README.md`)).toContain(`# Lab ${NUMBER} · A new lab`);
  });

  it(
    'compiles, and has the format that the linter requires',
    async () => {
      const include = [...NEW.filter((place) => place.endsWith('/')), 'harness/course/labs.ts'];
      const exclude = ['**/mutants'];
      await write('tsconfig.new-lab.json', JSON.stringify({ extends: './tsconfig.json', include, exclude }));
      const types = await copy.node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.new-lab.json');
      expect(types).toMatchObject({ code: 0, said: '' });
      const lint = await copy.node('node_modules/@biomejs/biome/bin/biome', 'ci', ...include);
      expect(lint.code, lint.said).toBe(0);
    },
    PATIENCE_MS,
  );

  it(
    'fails by its check, holds in its solution, catches its wrong fix, and is accepted with a list of what is missing',
    async () => {
      const { code, out, said } = await courseCheck();
      expect(code, said).toBe(0);
      expect(said).toMatch(/✓ starter +fails never-oversold/);
      expect(said).toMatch(/✓ solution +holds/);
      expect(said).toMatch(/✓ look-again +fails never-oversold/);
      const [, list = ''] = out.split(`unfinished: ${SLUG}, which learners don’t see. Missing:\n`);
      expect(list.trim().split('\n')).toEqual(
        [
          'only 1 mutant; a lab has at least six',
          'no hints for the failure «unsold»',
          'no hints for the failure «no-overlap»',
          'no scenario has the sizes of the story',
          'no template check sees that the template follows its parameter Seats',
          'its definition does not say what can’t be had on LocalStack and AWS (targets)',
          'its definition does not say whether it has a puzzle (puzzle)',
          `no cost table (harness/course/${SLUG}/costs.ts)`,
          `site/test/browser/lessons/${SLUG}.ts does not say what the test of its page looks for`,
          'the lesson page is a skeleton: its head says «draft: true»',
          'no other right answers; a lab has three designs that differ and pass',
        ].map((what, index) => `${index === 0 ? '' : '  '}· ${what}`),
      );
    },
    PATIENCE_MS,
  );

  it(
    'is graded by name, and not shown to learners',
    async () => {
      const graded = await copy.node(CLI, 'grade', SLUG, '--from', `solutions/${SLUG}`, '--in-realm', '--skip-types');
      expect(graded.code, graded.said).toBe(0);
      const { said } = await copy.node(CLI, 'list');
      expect(said).toContain('lost-update');
      expect(said).not.toContain(SLUG);
      const unknown = await copy.node(CLI, 'grade', 'no-such-lab', '--from', 'labs');
      expect(unknown.said).not.toContain(SLUG);
    },
    PATIENCE_MS,
  );

  it(
    'fails the course check for each broken part',
    async () => {
      const broken = async () => {
        await write(`solutions/${SLUG}/src/sell.ts`, await read(`harness/course/${SLUG}/starter/src/sell.ts`));
        await rm(join(copy.root, `harness/course/${SLUG}/mutants/look-again`), { recursive: true });
      };
      await changed(broken, async () => {
        const { code, said } = await courseCheck();
        expect(code, said).toBe(1);
        expect(said).toContain(`✗ ${SLUG}: the solution fails never-oversold`);
        expect(said).toContain(`✗ ${SLUG}: the mutant «look-again» of ${SLUG} changes no file.`);
        expect(said).toContain('· only 1 mutant; a lab has at least six');
      });
    },
    PATIENCE_MS,
  );

  it(
    'still needs a starter that fails, and a solution, while they are missing',
    async () => {
      const solved = async () => {
        await write(`harness/course/${SLUG}/starter/src/sell.ts`, await read(`solutions/${SLUG}/src/sell.ts`));
        await rm(join(copy.root, `solutions/${SLUG}`), { recursive: true });
      };
      await changed(solved, async () => {
        const { code, said } = await courseCheck();
        expect(code, said).toBe(0);
        expect(said).toContain('· the starter passes; it must fail by a check');
        expect(said).toContain('· no TODO marks task 1 in the starter');
        expect(said).toContain(`· solutions/${SLUG} is missing.`);
      });
    },
    PATIENCE_MS,
  );

  it(
    'fails the course check for every missing part, once it calls itself finished',
    async () => {
      const file = `harness/course/${SLUG}/lab.ts`;
      const finish = async () => write(file, (await read(file)).replace('  unfinished: true,\n', ''));
      await changed(finish, async () => {
        const { code, said } = await courseCheck();
        expect(code, said).toBe(1);
        expect(said).toContain(`✗ ${SLUG}: only 1 mutant; a lab has at least six`);
        expect(said).toContain(`✗ ${SLUG}: the lesson page is a skeleton: its head says «draft: true»`);
        expect(said).not.toContain('other right answers');
      });
    },
    PATIENCE_MS,
  );

  it('can’t begin a second time', async () => {
    const then = await filesOf(copy);
    expect((await newLab(SLUG)).code).toBe(2);
    expect(await filesOf(copy)).toEqual(then);
  });
});

it('a lab that the course has announced begins with its announced number, title and sentence', async () => {
  const announced = toCome.find(({ slug }) => everyLab.every((lab) => lab.slug !== slug));
  if (announced === undefined) return;
  const { slug, number, title, about } = announced;
  expect((await newLab(slug)).code).toBe(0);
  expect(await read(`harness/course/${slug}/lab.ts`)).toContain(
    `number: ${number},\n  slug: '${slug}',\n  version: 1,\n  title: '${title}',\n  about: '${about}',`,
  );
  expect(await read(`site/src/content/docs/labs/${slug}.mdx`)).toContain(`title: ${title}\n`);
});
