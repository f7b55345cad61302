/**
 * What the simulated CloudFormation could get wrong about facts of other services that it passes on. Read by `npm run mutations` alone.
 *
 * What a resource type could get wrong stands with the service that the type belongs to.
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
