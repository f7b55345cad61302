/**
 * The questions that a page can ask `npm start`: latest verdict, verdicts as they come, a token played again.
 *
 * Pages on a host elsewhere have nobody to ask; they never try.
 */

import type { LabResult } from '../../../harness/grader/result.ts';
import type { Trace } from '../../../harness/simulator/trace.ts';

/** Whether this page may come from `npm start`, which answers on this machine only. */
export function mayHaveApi(hostname = location.hostname): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

/** The latest verdict; null when there is none yet, undefined when nobody answers. */
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
  onVerdict(lab: string, result: LabResult): void;
  onFailure(lab: string, message: string): void;
  /** The connection is there, or was lost. */
  onConnection(open: boolean): void;
}

/** Listens until the returned function is called. */
export function listen(listener: Listener): () => void {
  const source = new EventSource('/api/events');
  source.addEventListener('open', () => listener.onConnection(true));
  source.addEventListener('error', () => listener.onConnection(false));
  source.addEventListener('grading', (event) => listener.onGrading(read<{ lab: string }>(event).lab));
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
      readonly diverged?: unknown;
    }
  | { readonly error: string };

/** Plays a token again; undefined when nobody answers. */
export async function replay(token: string): Promise<Replayed | undefined> {
  try {
    const response = await fetch(`/api/replay?token=${encodeURIComponent(token)}`);
    return isJson(response) ? ((await response.json()) as Replayed) : undefined;
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
