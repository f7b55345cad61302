/**
 * The requests of a page to `npm start`: the latest verdict, verdicts as they come, the replay of a token, the reader's files.
 *
 * Pages on another host have no API and send no requests.
 */

import type { GradingSoFar } from '../../../harness/cli/server/grading-so-far.ts';
import type { LabResult, MarkedStep } from '../../../harness/grader/result.ts';
import type { Trace } from '../../../harness/simulator/trace.ts';

/** Whether `npm start` may have served this page, which it does only on this machine. */
export function mayHaveApi(hostname = location.hostname): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

/** The latest verdict; null if there is none yet, undefined if the API does not answer. */
export async function latestVerdict(lab: string): Promise<LabResult | null | undefined> {
  try {
    const response = await fetch(`/api/verdict/${encodeURIComponent(lab)}`);
    if (response.status === 204) return null;
    return response.ok && isJson(response) ? ((await response.json()) as LabResult) : undefined;
  } catch {
    return undefined;
  }
}

export interface Listener {
  onGrading(lab: string): void;
  onProgress(lab: string, soFar: GradingSoFar): void;
  /** The first look has found a failure; the verdict follows. */
  onLook(lab: string, result: LabResult): void;
  onVerdict(lab: string, result: LabResult): void;
  onFailure(lab: string, message: string): void;
  /** The connection was opened or lost. */
  onConnection(open: boolean): void;
}

/** Listens until the returned function is called. */
export function listen(listener: Listener): () => void {
  const source = new EventSource('/api/events');
  source.addEventListener('open', () => listener.onConnection(true));
  source.addEventListener('error', () => listener.onConnection(false));
  source.addEventListener('grading', (event) => listener.onGrading(read<{ lab: string }>(event).lab));
  source.addEventListener('progress', (event) => {
    const { lab, soFar } = read<{ lab: string; soFar: GradingSoFar }>(event);
    listener.onProgress(lab, soFar);
  });
  source.addEventListener('look', (event) => {
    const { lab, result } = read<{ lab: string; result: LabResult }>(event);
    listener.onLook(lab, result);
  });
  source.addEventListener('verdict', (event) => {
    const { lab, result } = read<{ lab: string; result: LabResult }>(event);
    listener.onVerdict(lab, result);
  });
  source.addEventListener('failure', (event) => {
    const { lab, message } = read<{ lab: string; message: string }>(event);
    listener.onFailure(lab, message);
  });
  return () => source.close();
}

export type Replayed =
  | {
      readonly trace: Trace;
      readonly headline: string;
      readonly because: readonly string[];
      readonly swap?: { readonly first: number; readonly second: number };
      readonly marked?: readonly MarkedStep[];
      readonly diverged?: unknown;
    }
  | { readonly error: string };

/** Replays a token; undefined if the API does not answer. */
export async function replay(token: string): Promise<Replayed | undefined> {
  try {
    const response = await fetch(`/api/replay?token=${encodeURIComponent(token)}`);
    return isJson(response) ? ((await response.json()) as Replayed) : undefined;
  } catch {
    return undefined;
  }
}

/** The reader's files of a lab, path and text; none if the API does not answer. */
export async function ownFiles(lab: string): Promise<Readonly<Record<string, string>>> {
  try {
    const response = await fetch(`/api/files/${encodeURIComponent(lab)}`);
    return response.ok && isJson(response) ? ((await response.json()) as Record<string, string>) : {};
  } catch {
    return {};
  }
}

/** A file of the reader's beside the solution's, as lines of a unified diff. */
export interface ComparedFile {
  readonly path: string;
  readonly lines: readonly string[];
}

/** The reader's files beside the solution's; undefined as long as the lab does not hold, or without an API. */
export async function comparison(lab: string): Promise<readonly ComparedFile[] | undefined> {
  try {
    const response = await fetch(`/api/comparison/${encodeURIComponent(lab)}`);
    return response.ok && isJson(response) ? ((await response.json()) as readonly ComparedFile[]) : undefined;
  } catch {
    return undefined;
  }
}

function isJson(response: Response): boolean {
  return response.headers.get('Content-Type')?.startsWith('application/json') === true;
}

function read<Data>(event: Event): Data {
  return JSON.parse((event as MessageEvent<string>).data) as Data;
}
