/**
 * Reads the template and the handlers' source in the form that the grader takes: texts by path, `template.yaml` among them.
 *
 * It reads only the given places, and follows no links. Judges no code.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TEMPLATE } from '../scenario/deploy.ts';
import type { ExploreOptions } from './options.ts';

const SOURCE = /\.(ts|mts|js|mjs|json)$/;
const NOT_SOURCE = /^node_modules$|^\.|\.(test|spec)\.[^.]+$/;

export interface Sources {
  /** By path. */
  readonly files: ReadonlyMap<string, string>;
  /** The folder from which handlers import npm packages. */
  readonly packagesFrom: string;
}

/** The sources, or the sentence that says what can't be read. */
export function readSources({
  template,
  code,
}: Pick<ExploreOptions, 'template' | 'code'>): Sources | { readonly problem: string } {
  const isText = typeof template === 'string' && template.includes('\n');
  const templatePath = isText ? null : pathOf(template);
  const files = new Map<string, string>();
  try {
    files.set(TEMPLATE, templatePath === null ? String(template) : readFileSync(templatePath, 'utf8'));
  } catch {
    return { problem: `The template ${templatePath} can’t be read. Give its path, or its text.` };
  }
  if (typeof code === 'object' && !(code instanceof URL)) {
    for (const [path, text] of Object.entries(code)) files.set(path, text);
    return { files, packagesFrom: templatePath === null ? process.cwd() : dirname(templatePath) };
  }
  const folder = pathOf(code);
  const base = templatePath === null ? dirname(folder) : dirname(templatePath);
  try {
    for (const path of sourcesBelow(folder)) files.set(pathFrom(base, folder, path), readFileSync(path, 'utf8'));
  } catch {
    return { problem: `The code folder ${folder} can’t be read. Give a folder, or texts by path.` };
  }
  return files.size > 1
    ? { files, packagesFrom: folder }
    : { problem: `There is no TypeScript or JavaScript in the code folder ${folder}.` };
}

/** The path of a folder or file URL. */
function pathOf(place: string | URL): string {
  return resolve(place instanceof URL ? fileURLToPath(place) : place);
}

/** The path as the template names it: from the template's folder, or below the code folder's name if that is elsewhere. */
function pathFrom(base: string, folder: string, path: string): string {
  const from = relative(base, folder).startsWith('..')
    ? join(basename(folder), relative(folder, path))
    : relative(base, path);
  return from.split(sep).join('/');
}

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (NOT_SOURCE.test(entry.name)) return [];
      if (entry.isDirectory()) return sourcesBelow(path);
      return entry.isFile() && SOURCE.test(entry.name) ? [path] : [];
    });
}
