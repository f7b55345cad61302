/**
 * What TypeScript's command has printed about a learner's files, as data: where, which error, and the line that it is about.
 *
 * Errors of other files, or of none, are left out: they are not the learner's.
 */

import type { Frame } from '../../simulator/contract/trace-entry.ts';

export interface TypeComplaint {
  readonly message: string;
  readonly frame: Frame & { readonly text: string };
}

/** A learner who has more type errors must begin with the first ones anyway. */
const MOST = 10;

/** Behind the path of the file. A message of several lines goes on in lines that are indented. */
const PLACE_AND_ERROR = /^\((\d+),(\d+)\): error (TS\d+): (.*)$/;

/**
 * Reads the command's output without colours.
 * @param texts the checked files by path, as the command names them
 */
export function complaintsIn(output: string, texts: ReadonlyMap<string, string>): readonly TypeComplaint[] {
  return output
    .split(/\r?\n/)
    .flatMap((line) => [...texts].flatMap(([path, text]) => complaintAbout(path, text, line)))
    .slice(0, MOST);
}

function complaintAbout(path: string, text: string, printed: string): TypeComplaint[] {
  const found = printed.startsWith(path) ? PLACE_AND_ERROR.exec(printed.slice(path.length)) : null;
  if (found === null) return [];
  const [, line = '', column = '', code = '', message = ''] = found;
  const shown = text.split('\n')[Number(line) - 1]?.trim() ?? '';
  return [
    { message: `${message} (${code})`, frame: { file: path, line: Number(line), column: Number(column), text: shown } },
  ];
}
