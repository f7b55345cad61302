/**
 * The requests of a page to `npm start`: the latest verdict, verdicts as they come, the replay of a token.
 *
 * Pages on another host have no API and send no requests.
 */

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

function isJson(response: Response): boolean {
  return response.headers.get('Content-Type')?.startsWith('application/json') === true;
}

function read<Data>(event: Event): Data {
  return JSON.parse((event as MessageEvent<string>).data) as Data;
}
