/**
 * `--report <file>`: a finished result as a file for build servers and graders, in the format that the file's name ends in.
 *
 * `.xml` is JUnit XML, `.json` is CTRF. What stands in them is decided in junit.ts and ctrf.ts; the verdict is decided before.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import type { LabResult } from '../../grader/result.ts';
import { type Arguments, type OptionSpec, UsageError } from '../arguments.ts';
import type { Io } from '../io.ts';
import { reportAsCtrf } from './ctrf.ts';
import { reportAsJunit } from './junit.ts';

/** The options of `test` and `grade` that say how a result is shown and kept. */
export const SHOWING_OPTIONS: Readonly<Record<'all' | 'report', OptionSpec>> = {
  all: { type: 'flag', says: 'print every check with its sentence, its evidence and its replay' },
  report: { type: 'value', says: 'write the result to a file, too: JUnit XML if it ends in .xml, CTRF if in .json' },
};

export interface ReportFile {
  readonly path: string;
  write(result: LabResult): Promise<void>;
}

type Format = (result: LabResult, endedMs: number) => string;

const FORMATS: Readonly<Record<string, Format>> = { '.xml': reportAsJunit, '.json': reportAsCtrf };

/** The file that the command line asks for; null if it asks for none. Throws a {@link UsageError} before anything is graded. */
export function chosenReportFile(given: Arguments, io: Pick<Io, 'cwd'>): ReportFile | null {
  const name = given.value('report');
  if (name === undefined) return null;
  const format = FORMATS[extname(name).toLowerCase()];
  if (format === undefined)
    throw new UsageError(`--report writes JUnit XML to a .xml file or CTRF to a .json file, and ${name} is neither.`);
  const path = resolve(io.cwd, name);
  return {
    path,
    async write(result) {
      const text = format(result, Date.now());
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, text);
      } catch (error) {
        throw new UsageError(`${name} can’t be written: ${error instanceof Error ? error.message : String(error)}.`);
      }
    },
  };
}
