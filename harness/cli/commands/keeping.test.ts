import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeClone, SLUG, type TestClone } from '../clone-for-tests.ts';
import { keysFor } from '../terminal-for-tests.ts';

const SOURCE = 'labs/lost-update/src/bump.ts';
const STARTER = 'harness/course/lost-update/starter/src/bump.ts';

let clone: TestClone;
let given = '';
beforeEach(async () => {
  clone = await makeClone();
  given = await clone.read(SOURCE);
});
afterEach(() => clone.remove());

const copies = async () => readdir(join(clone.own, SLUG, 'kept')).catch(() => []);
/** The only copy, as a path in the clone. */
const copied = async (path: string) => clone.read(join('.raceproof', SLUG, 'kept', (await copies())[0] ?? '', path));

describe('diff', () => {
  it('prints only a word on standard error if nothing was changed', async () => {
    expect(await clone.run(['diff', SLUG])).toEqual({
      code: 0,
      out: '',
      err: 'labs/lost-update is as the starter gives it out.\n',
    });
  });

  it('prints what was changed, in the form that patch reads', async () => {
    await clone.write(SOURCE, given.replace('import', '// mine\nimport'));
    const { code, out } = await clone.run(['diff', SLUG]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^--- harness\/course\/lost-update\/starter\/src\/bump\.ts\n\+\+\+ labs\/lost-update\/src\/bump\.ts\n@@ /,
    );
    expect(out).toContain('\n+// mine\n');
    await clone.write('changes.patch', out.replace(`+++ ${SOURCE}`, `+++ ${STARTER}`));
    execFileSync('git', ['apply', '-p0', 'changes.patch'], { cwd: clone.root });
    expect(await clone.read(STARTER)).toBe(await clone.read(SOURCE));
  });

  it('has colour on a page with colour, where no line can repaint the terminal', async () => {
    await clone.write(SOURCE, `${given}// \u001b[2Jmine\n`);
    const { out } = await clone.run(['diff', SLUG], { page: { columns: 80, color: true } });
    expect(out).toContain('\u001b[32m+// [2Jmine\u001b[39m\n');
  });

  it('shows a missing file as deleted, and names files that are no text of the learner’s own', async () => {
    await rm(join(clone.root, SOURCE));
    expect((await clone.run(['diff', SLUG])).out).toContain('+++ /dev/null\n@@ -1,');
    await symlink(join(clone.root, STARTER), join(clone.root, SOURCE));
    expect(await clone.run(['diff', SLUG])).toEqual({
      code: 0,
      out: '',
      err: 'labs/lost-update/src/bump.ts is a link, or lies behind one. Hand in the file itself.\n',
    });
  });
});

describe('reset', () => {
  it('says so if nothing would change, which is no failure', async () => {
    expect(await clone.run(['reset', SLUG, '--yes'])).toEqual({
      code: 0,
      out: 'labs/lost-update is as the starter gives it out; there is nothing to put back.\n',
      err: '',
    });
    expect(await copies()).toEqual([]);
  });

  it('puts the starter back and keeps everything in a dated copy, whose place it tells', async () => {
    await clone.write(SOURCE, 'mine');
    await clone.write('labs/lost-update/notes.txt', 'my notes');
    await clone.write('labs/lost-update/node_modules/x/index.js', 'large');
    const { code, out } = await clone.run(['reset', SLUG, '--yes']);
    expect(code).toBe(0);
    expect(out).toMatch(/^labs\/lost-update is the starter again: src\/bump\.ts\.\nYour work is kept in /);
    expect(out).toMatch(/\.raceproof\/lost-update\/kept\/\d{4}-\d\d-\d\d-at-\d\d-\d\d-\d\d\. /);
    expect(await clone.read(SOURCE)).toBe(given);
    expect(await clone.read('labs/lost-update/notes.txt')).toBe('my notes');
    expect([await copied('src/bump.ts'), await copied('notes.txt')]).toEqual(['mine', 'my notes']);
    await expect(copied('node_modules/x/index.js')).rejects.toThrow('ENOENT');
  });

  it('keeps every copy, even two of the same second', async () => {
    for (const text of ['first', 'second']) {
      await clone.write(SOURCE, text);
      await clone.run(['reset', SLUG, '--yes']);
    }
    expect(await copies()).toHaveLength(2);
  });

  it('restores a missing file, and replaces a link by a file', async () => {
    await rm(join(clone.root, SOURCE));
    await rm(join(clone.root, 'labs/lost-update/template.yaml'));
    await clone.write('precious.yaml', 'precious');
    await symlink(join(clone.root, 'precious.yaml'), join(clone.root, 'labs/lost-update/template.yaml'));
    expect((await clone.run(['reset', SLUG, '--yes'])).code).toBe(0);
    expect(await clone.read(SOURCE)).toBe(given);
    expect(await clone.read('labs/lost-update/template.yaml')).toContain('Resources');
    expect(await clone.read('precious.yaml')).toBe('precious');
  });

  it('writes nothing through a folder that is a link', async () => {
    await rm(join(clone.root, 'labs/lost-update/src'), { recursive: true });
    await clone.write('elsewhere/bump.ts', 'precious');
    await symlink(join(clone.root, 'elsewhere'), join(clone.root, 'labs/lost-update/src'));
    const { code, err } = await clone.run(['reset', SLUG, '--yes']);
    expect([code, err]).toEqual([2, expect.stringContaining('labs/lost-update/src is a link, or lies behind one.')]);
    expect(await clone.read('elsewhere/bump.ts')).toBe('precious');
  });

  it('changes nothing if the copy can’t be made', async () => {
    await clone.write(SOURCE, 'mine');
    await writeFile(clone.own, 'a file in the way');
    const { code, err } = await clone.run(['reset', SLUG, '--yes']);
    expect([code, err]).toEqual([2, expect.stringContaining('so nothing was changed')]);
    expect(await clone.read(SOURCE)).toBe('mine');
  });

  it('says where the work is if it is stopped half way', async () => {
    await clone.write('labs/lost-update/README.md', 'mine');
    await rm(join(clone.root, SOURCE));
    await mkdir(join(clone.root, SOURCE));
    const { code, err } = await clone.run(['reset', SLUG, '--yes']);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/src\/bump\.ts could not be replaced: .* All of your work is in \.raceproof/),
    ]);
    expect(await copied('README.md')).toBe('mine');
  });

  it('asks if a person can answer, and takes any answer but «y» as no', async () => {
    await clone.write(SOURCE, 'mine');
    const no = await clone.run(['reset', SLUG], { terminal: keysFor('n') });
    expect([no.code, no.err]).toEqual([
      2,
      expect.stringMatching(/^Replace 1 file of labs.*\[y\/N\] no\nNothing was changed\.\n$/s),
    ]);
    expect(await clone.read(SOURCE)).toBe('mine');
    expect((await clone.run(['reset', SLUG], { terminal: keysFor('ctrl-c') })).code).toBe(130);
    expect((await clone.run(['reset', SLUG], { terminal: keysFor('y') })).code).toBe(0);
    expect(await clone.read(SOURCE)).toBe(given);
  });

  it('requires --yes if no person can answer', async () => {
    await clone.write(SOURCE, 'mine');
    const { code, err } = await clone.run(['reset', SLUG]);
    expect([code, err]).toEqual([2, expect.stringContaining('Say so with --yes.')]);
    expect(await clone.read(SOURCE)).toBe('mine');
  });
});

describe('update', () => {
  /** A starter whose lines differ from one another. */
  const base = 'one\ntwo\nthree\nfour\nfive\n';
  const mine = 'one\ntwo\nthree\nfour\nmy five\n';
  const newer = 'new one\ntwo\nthree\nfour\nfive\n';
  const contrary = 'one\ntwo\nthree\nfour\nnew five\n';
  const begin = async () => {
    await clone.write(STARTER, base);
    await clone.write(SOURCE, 'to be reset');
    await clone.run(['reset', SLUG, '--yes']);
    await rm(join(clone.own, SLUG, 'kept'), { recursive: true });
  };

  it('merges a newer starter into what was changed, and keeps a copy', async () => {
    await begin();
    await clone.write(SOURCE, mine);
    await clone.write(STARTER, newer);
    const { code, out } = await clone.run(['update', SLUG]);
    expect([code, out]).toEqual([
      0,
      expect.stringContaining('✓ src/bump.ts  has the new starter’s changes, and yours\n'),
    ]);
    expect(await clone.read(SOURCE)).toBe('new one\ntwo\nthree\nfour\nmy five\n');
    expect(await copied('src/bump.ts')).toBe(mine);
    expect((await clone.run(['update', SLUG])).out).toBe('lost-update: nothing new in the starter.\n');
    expect(await copies()).toHaveLength(1);
  });

  it('takes the new starter’s version of unchanged files, and adds new files', async () => {
    await begin();
    await clone.write(STARTER, newer);
    await clone.write('harness/course/lost-update/starter/src/more.ts', 'more\n');
    const { code, out } = await clone.run(['update', SLUG]);
    expect(code).toBe(0);
    expect(out).toContain('✓ src/bump.ts  is the new starter’s: you had not changed it\n');
    expect(out).toContain('✓ src/more.ts  is new\n');
    expect([await clone.read(SOURCE), await clone.read('labs/lost-update/src/more.ts')]).toEqual([newer, 'more\n']);
  });

  it('leaves a file that conflicts with the new starter, names the lines, and puts the starter’s version beside it', async () => {
    await begin();
    await clone.write(SOURCE, mine);
    await clone.write(STARTER, contrary);
    const { code, out } = await clone.run(['update', SLUG]);
    expect(code).toBe(2);
    expect(out).toContain('✗ src/bump.ts  stays yours; the new starter’s lies beside it in bump.ts.new-starter.');
    expect(out).toContain('Both changed labs/lost-update/src/bump.ts:5 (line 5 there)\n');
    expect([await clone.read(SOURCE), await clone.read(`${SOURCE}.new-starter`)]).toEqual([mine, contrary]);
    expect(await clone.run(['update', SLUG])).toMatchObject({
      code: 0,
      out: 'lost-update: nothing new in the starter.\n',
    });
  });

  it('says so if it is unknown which starter the learner began with, and changes nothing', async () => {
    await clone.write(SOURCE, mine);
    const { code, out, err } = await clone.run(['update', SLUG]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(
      'which starter your files began with is not known, so nothing was changed. src/bump.ts differ',
    );
    expect(await clone.read(SOURCE)).toBe(mine);
  });

  it('asks git which starter the learner began with', async () => {
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
        cwd: clone.root,
        stdio: 'pipe',
      });
    git('init', '--quiet');
    for (const text of [base, newer]) {
      await clone.write(STARTER, text);
      git('add', '--all');
      git('commit', '--quiet', '--message', 'starter');
    }
    await clone.write(SOURCE, mine);
    expect((await clone.run(['update', SLUG])).code).toBe(0);
    expect(await clone.read(SOURCE)).toBe('new one\ntwo\nthree\nfour\nmy five\n');
  });

  it('does not touch a merge that git has not finished', async () => {
    await begin();
    await clone.write(SOURCE, '<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> other\n');
    await clone.write(STARTER, newer);
    const { code, err } = await clone.run(['update', SLUG]);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('labs/lost-update/src/bump.ts:1 — git has left the marks'),
    ]);
  });

  it('knows the beginning from the first grading on', async () => {
    await clone.write(STARTER, base);
    await clone.write(SOURCE, mine);
    await clone.run(['hint', SLUG]);
    await clone.write(STARTER, newer);
    expect((await clone.run(['update', SLUG])).code).toBe(0);
    expect(await clone.read(SOURCE)).toBe('new one\ntwo\nthree\nfour\nmy five\n');
  });
});

describe('hint', () => {
  it('shows the next tier each time, and says which was the last', async () => {
    const tiers = [];
    for (let call = 1; call <= 4; call += 1) {
      const { code, out } = await clone.run(['hint', SLUG]);
      expect(code).toBe(0);
      expect(out).toMatch(/^every bump counts: 3 bumps were answered, but the counter says/);
      tiers.push(/^\d of 3, .*$/m.exec(out)?.[0]);
      expect(out.includes('This was the last one.')).toBe(call >= 3);
    }
    expect(tiers).toEqual([
      '1 of 3, a nudge',
      '2 of 3, the concept',
      '3 of 3, the shape of the fix',
      '3 of 3, the shape of the fix',
    ]);
  });

  it('begins again with the first tier for another kind of failure', async () => {
    await clone.run(['hint', SLUG]);
    await clone.run(['hint', SLUG]);
    await clone.write(SOURCE, given.replace('return { count };', 'return {} as never;'));
    const { out } = await clone.run(['hint', SLUG, '--check', 'every-bump-answered']);
    expect(out).toContain('1 of 3, a nudge\nThe function answered, but without a number in `count`.');
  });

  it('names the tier to ask for if nothing can be remembered', async () => {
    await writeFile(clone.own, 'a file in the way');
    expect((await clone.run(['hint', SLUG])).out).toContain('npx --no raceproof hint lost-update --tier 2\n');
  });

  it('knows the checks', async () => {
    const { code, err } = await clone.run(['hint', SLUG, '--check', 'every-bump-count']);
    expect([code, err]).toEqual([2, 'lost-update has no check «every-bump-count». Did you mean every-bump-counts?\n']);
    expect((await clone.run(['hint', SLUG, '--check', 'overlapped'])).out).toBe(
      'two at once got their numbers holds: there is nothing to hint at.\n',
    );
  });
});
