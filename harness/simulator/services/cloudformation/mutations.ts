/**
 * Ways in which the simulated CloudFormation could get facts of other services wrong that it passes on. Only `npm run
 * mutations` reads them.
 *
 * The mutations of a resource type are in the service that owns the type.
 */

import type { Mutations } from '../../contract/mutation.ts';

const mutations: Mutations = [
  {
    fact: 'LS-04',
    name: "a service's «no» stands at the resource, not at the line that asked for it",
    file: 'cloudformation.ts',
    replace: ['planned.blame === null ? resource.at : resource.placeOf(planned.blame)', 'resource.at'],
  },
  {
    fact: 'LS-04',
    name: "a service's «no» is passed over",
    file: 'cloudformation.ts',
    replace: ['if (!answer.ok) return {', 'if (!answer.ok && planned.blame === null) return {'],
  },
];

export default mutations;
