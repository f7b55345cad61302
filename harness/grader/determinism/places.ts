/**
 * Records the lines of a scenario's own file at which it sent its calls and made its notes, in one run.
 *
 * Used only for a run whose lines are needed, because reading the stack costs more than the call.
 */

import type { Scenario, ScenarioContext } from '../../course/lab.ts';
import type { Frame } from '../../simulator/contract/trace-entry.ts';

/** The lines of each kind of act, in order. Files have the names that the machine's stacks use. */
export interface Places {
  readonly calls: (Frame | undefined)[];
  readonly notes: (Frame | undefined)[];
}

/** The scenario, and the list that one run of it fills. */
export function watchPlaces(scenario: Scenario): { readonly scenario: Scenario; readonly places: Places } {
  const places: Places = { calls: [], notes: [] };
  return {
    scenario: { ...scenario, run: (context, situation) => scenario.run(watched(context, places), situation) },
    places,
  };
}

function watched(context: ScenarioContext, places: Places): ScenarioContext {
  const clients = Object.entries(context.clients).map(([name, client]) => [name, watchedClient(client, places)]);
  return {
    ...context,
    clients: Object.fromEntries(clients) as ScenarioContext['clients'],
    note(text) {
      places.notes.push(callerOf(new Error().stack));
      context.note(text);
    },
    together: (lanes) => context.together(lanes.map((lane) => (part) => lane(watched(part, places)))),
  };
}

function watchedClient<Client extends { send(...args: never[]): unknown }>(client: Client, places: Places): Client {
  const send = (...args: never[]): unknown => {
    places.calls.push(callerOf(new Error().stack));
    return client.send(...args);
  };
  return Object.create(client, { send: { value: send } }) as Client;
}

/** The caller of the function that created this stack. */
function callerOf(stack = ''): Frame | undefined {
  const [, , line = ''] = stack.split('\n').map((text) => text.trim());
  const match = /\(?((?:file:\/\/)?[^()]+):(\d+):(\d+)\)?$/.exec(line.replace(/^at (?:async )?/, ''));
  if (match === null) return undefined;
  const [, place = '', row, column] = match;
  const path = place.slice(place.lastIndexOf('(') + 1).replace(/^.* (?=\/|file:)/, '');
  return { file: path, line: Number(row), column: Number(column) };
}
