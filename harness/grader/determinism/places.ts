/**
 * The lines of a scenario's own file at which it sent its calls and made its notes, seen in one run of it.
 *
 * For the one run in which a line is wanted: looking at the stack costs more than the call.
 */

import type { Scenario, ScenarioContext } from '../../course/lab.ts';
import type { Frame } from '../../simulator/contract/trace-entry.ts';

/** Where it did what, in order. Files are named as the machine's stacks name them. */
export interface Places {
  readonly calls: (Frame | undefined)[];
  readonly notes: (Frame | undefined)[];
}

/** The scenario, and the list that a run of it fills. */
export function watchPlaces(scenario: Scenario): { readonly scenario: Scenario; readonly places: Places } {
  const places: Places = { calls: [], notes: [] };
  return { scenario: { ...scenario, run: (context) => scenario.run(watched(context, places)) }, places };
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

/** The caller of the function that made this stack. */
function callerOf(stack = ''): Frame | undefined {
  const [, , line = ''] = stack.split('\n').map((text) => text.trim());
  const match = /\(?((?:file:\/\/)?[^()]+):(\d+):(\d+)\)?$/.exec(line.replace(/^at (?:async )?/, ''));
  if (match === null) return undefined;
  const [, place = '', row, column] = match;
  const path = place.slice(place.lastIndexOf('(') + 1).replace(/^.* (?=\/|file:)/, '');
  return { file: path, line: Number(row), column: Number(column) };
}
