/**
 * An operator switches a function's consumer on or off: its event source mappings, through the SDK, as a person with a terminal would.
 */

import { ListEventSourceMappingsCommand, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import type { ScenarioContext } from '../lab.ts';

/** Switches all mappings of a function. Where time is real, those of an earlier run are listed until they are gone, and left alone. */
export async function switchConsumer(
  { clients }: ScenarioContext,
  FunctionName: string,
  Enabled: boolean,
): Promise<void> {
  const { EventSourceMappings = [] } = await clients.lambda.send(new ListEventSourceMappingsCommand({ FunctionName }));
  for (const { UUID } of EventSourceMappings.filter(({ State }) => State !== 'Deleting'))
    await clients.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
}
