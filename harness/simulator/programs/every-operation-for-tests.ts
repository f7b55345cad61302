/**
 * Random calls of every operation of every service, gathered from the services by the names of their folders.
 */

import fc from 'fast-check';
import type { AwsCall } from '../contract/answer.ts';
import type { ServiceInputs } from '../contract/inputs-for-tests.ts';
import { type AnyService, SERVICES } from '../services/all.ts';

/** The test inputs of one service's operations. */
export interface OperationsOf extends ServiceInputs {
  readonly service: AnyService;
}

/** The services that a run can call: through their own client, or because they claim calls of another service's API. */
const WITH_OPERATIONS = SERVICES.filter(
  ({ client, claims }) => (client !== null && client.protocol !== null) || claims !== undefined,
);

/** Every operation that a scenario or a handler may call. */
export function operationsOfServices(): Promise<readonly OperationsOf[]> {
  return Promise.all(WITH_OPERATIONS.map(async (service) => ({ service, ...(await inputsIn(service.name)) })));
}

/** The test inputs that a service's folder exports. */
export async function inputsIn(folder: string): Promise<ServiceInputs> {
  try {
    const file = (await import(`../services/${folder}/inputs-for-tests.ts`)) as { readonly default?: ServiceInputs };
    if (file.default === undefined) throw new Error('The file has no default export.');
    return file.default;
  } catch (cause) {
    throw new Error(
      `The service ${folder} has operations, and services/${folder}/inputs-for-tests.ts can't be read. Write it: by default it exports \`inputs\`, ` +
        'which has for each operation an arbitrary of its inputs, and `looks`, the calls that show what was left behind. ' +
        'All are about the things in programs/names-for-tests.ts.',
      { cause },
    );
  }
}

/** One call of any operation of these APIs. */
export function anyCall(all: readonly OperationsOf[], apis: readonly string[]): fc.Arbitrary<AwsCall> {
  const calls = all
    .filter(({ service }) => apis.includes(service.service))
    .flatMap(({ service: { service }, inputs }) =>
      Object.entries(inputs).map(([operation, inputOf]) =>
        inputOf.map((input): AwsCall => ({ service, operation, input })),
      ),
    );
  return fc.oneof(...calls);
}

/** The calls that the services want made before each run. */
export function callsBefore(all: readonly OperationsOf[]): readonly AwsCall[] {
  return all.flatMap(({ service: { service }, before = [] }) => before.map((call) => ({ service, ...call })));
}

/** The reads that show what earlier calls have changed. */
export function looksAt(all: readonly OperationsOf[]): readonly AwsCall[] {
  return all.flatMap(({ service: { service }, looks }) => looks.map((look) => ({ service, ...look })));
}
