/**
 * Starts LocalStack in Docker for the duration of one grading, by testcontainers (ADR 22).
 *
 * It is used only if no LocalStack runs already. The container gets the Docker socket, since LocalStack runs Lambda functions
 * in further containers.
 */

import { TargetTrouble } from '../target.ts';
import { LOCALSTACK_IMAGE, LOCALSTACK_VERSION, type RunningLocalStack } from './endpoint.ts';

const DOCKER_SOCKET = '/var/run/docker.sock';

export interface StartedLocalStack extends RunningLocalStack {
  stop(): Promise<void>;
}

/** What to type if neither a LocalStack nor Docker is running. */
export const WHAT_TO_START = [
  'No LocalStack answers at http://127.0.0.1:4566, and there is no Docker to start one in. One of these helps:',
  '– with Docker: start Docker and run the command again; or run «docker compose up -d --wait» in the course’s folder.',
  `– with a LocalStack ${LOCALSTACK_VERSION} somewhere else: set LOCALSTACK_ENDPOINT to its address.`,
  'Without --target the simulator grades this lab, and needs neither.',
].join('\n');

/** Starts it and waits until it is ready. Throws {@link TargetTrouble} if there is no Docker. */
export async function startContainer(tell: (what: string) => void): Promise<StartedLocalStack> {
  tell(`starting LocalStack ${LOCALSTACK_VERSION} in Docker; the first time it downloads about 1 GB`);
  const { LocalstackContainer } = await import('@testcontainers/localstack');
  try {
    const container = await new LocalstackContainer(LOCALSTACK_IMAGE)
      .withBindMounts([{ source: DOCKER_SOCKET, target: DOCKER_SOCKET }])
      .start();
    return {
      endpoint: container.getConnectionUri(),
      version: LOCALSTACK_VERSION,
      stop: async () => {
        await container.stop();
      },
    };
  } catch (error) {
    throw new TargetTrouble(whatWentWrong(error));
  }
}

function whatWentWrong(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (message.includes('container runtime')) return WHAT_TO_START;
  return `Docker could not start ${LOCALSTACK_IMAGE}: ${message.replace(/\.?$/, '.')} Try «docker compose up -d --wait» in the course’s folder, which shows more.`;
}
